using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Modules that pass their output on to the next.</summary>
    public class Sequential : nn.Module<Tensor, Tensor>
    {
        private readonly List<(string Name, nn.Module<Tensor, Tensor> Module)> steps = [];

        internal Sequential(IEnumerable<(string, nn.Module<Tensor, Tensor>)> modules)
            : base(nameof(Sequential))
        {
            foreach (var (key, module) in modules)
                append(key, module);
        }

        protected Sequential(params (string, nn.Module<Tensor, Tensor>)[] modules)
            : this((IEnumerable<(string, nn.Module<Tensor, Tensor>)>)modules)
        {
        }

        protected Sequential(params nn.Module<Tensor, Tensor>[] modules)
            : this(modules.Select((module, i) => (i.ToString(), module)))
        {
        }

        public int Count => steps.Count;

        [IndexerName("SequentialItems")]
        public nn.IModule<Tensor, Tensor> this[int index] => steps[index].Module;

        [IndexerName("SequentialItems")]
        public Sequential this[Range index] => new(steps[index]);

        public Sequential append(string name, nn.IModule<Tensor, Tensor> module)
        {
            var step = (nn.Module<Tensor, Tensor>)module;
            register_module(name, step);
            steps.Add((name, step));
            return this;
        }

        public Sequential append(nn.IModule<Tensor, Tensor> module) => append(Count.ToString(), module);

        public override Tensor forward(Tensor tensor)
        {
            if (Count == 0)
                return tensor.alias();
            var result = steps[0].Module.call(tensor);
            foreach (var (_, module) in steps.Skip(1))
            {
                using var input = result;
                result = module.call(input);
            }

            return result;
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Sequential Sequential() => new(Array.Empty<(string, Module<Tensor, Tensor>)>().AsEnumerable());

            public static Modules.Sequential Sequential(params (string, Module<Tensor, Tensor>)[] modules) => new(modules.AsEnumerable());

            public static Modules.Sequential Sequential(params Tuple<string, Module<Tensor, Tensor>>[] modules)
                => Sequential(modules.AsEnumerable());

            public static Modules.Sequential Sequential(params Module<Tensor, Tensor>[] modules) => Sequential(modules.AsEnumerable());

            public static Modules.Sequential Sequential(IEnumerable<(string, Module<Tensor, Tensor>)> modules) => new(modules);

            public static Modules.Sequential Sequential(IEnumerable<Tuple<string, Module<Tensor, Tensor>>> modules)
                => new(modules.Select(pair => (pair.Item1, pair.Item2)));

            public static Modules.Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules)
                => new(modules.Select((module, i) => (i.ToString(), module)));
        }
    }
}
