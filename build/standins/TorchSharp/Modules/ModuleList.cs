using System.Collections;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Modules in a list; their names are their positions.</summary>
    public class ModuleList<T> : nn.Module, IList<T>
        where T : nn.Module
    {
        private readonly List<T> list = [];

        public ModuleList(params T[] modules)
            : base(nameof(ModuleList<T>))
            => extend(modules);

        public int Count => list.Count;

        public bool IsReadOnly => false;

        public T this[int index]
        {
            get => list[index];
            set
            {
                list[index] = value;
                Renumber();
            }
        }

        public void Add(T item)
        {
            list.Add(item);
            register_module((Count - 1).ToString(), item);
        }

        public void append(params T[] parameters) => extend(parameters);

        public void extend(IEnumerable<T> modules)
        {
            foreach (var module in modules)
                Add(module);
        }

        public void Insert(int index, T item)
        {
            list.Insert(index, item);
            Renumber();
        }

        public void RemoveAt(int index)
        {
            list.RemoveAt(index);
            Renumber();
        }

        public bool Remove(T item)
        {
            var removed = list.Remove(item);
            Renumber();
            return removed;
        }

        public void Clear()
        {
            list.Clear();
            Renumber();
        }

        public bool Contains(T item) => list.Contains(item);

        public int IndexOf(T item) => list.IndexOf(item);

        public void CopyTo(T[] array, int arrayIndex) => list.CopyTo(array, arrayIndex);

        public IEnumerator<T> GetEnumerator() => list.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        private void Renumber()
        {
            ClearModules();
            for (var i = 0; i < list.Count; i++)
                register_module(i.ToString(), list[i]);
        }
    }

    /// <summary>Parameters in a list; their names are their positions.</summary>
    public class ParameterList : nn.Module, IList<Parameter>
    {
        private readonly List<Parameter> list = [];

        public ParameterList(params Parameter[] parameters)
            : base(nameof(ParameterList))
            => extend(parameters);

        public int Count => list.Count;

        public bool IsReadOnly => false;

        public Parameter this[int index]
        {
            get => list[index];
            set => list[index] = value;
        }

        public void Add(Parameter item) => list.Add(item);

        public void append(params Parameter[] parameters) => extend(parameters);

        public void extend(IEnumerable<Parameter> parameters) => list.AddRange(parameters);

        public void Insert(int index, Parameter item) => list.Insert(index, item);

        public void RemoveAt(int index) => list.RemoveAt(index);

        public bool Remove(Parameter item) => list.Remove(item);

        public void Clear() => list.Clear();

        public bool Contains(Parameter item) => list.Contains(item);

        public int IndexOf(Parameter item) => list.IndexOf(item);

        public void CopyTo(Parameter[] array, int arrayIndex) => list.CopyTo(array, arrayIndex);

        public IEnumerator<Parameter> GetEnumerator() => list.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public override IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            => list.Select((parameter, i) => (i.ToString(), parameter));

        public override bool has_parameter(string target) => get_parameter(target) is not null;

        public override Parameter get_parameter(string target)
            => int.TryParse(target, out var i) && i >= 0 && i < Count ? list[i] : null;
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.ModuleList<T> ModuleList<T>(params T[] modules)
                where T : Module
                => new(modules);

            public static Modules.ParameterList ParameterList(params Modules.Parameter[] parameters) => new(parameters);

            public static Modules.Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);
        }
    }
}
