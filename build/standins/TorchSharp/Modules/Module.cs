using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A named collection of parameters, buffers and further modules.</summary>
        public partial class Module : IDisposable
        {
            protected string name;

            private readonly OrderedDictionary<string, Parameter> parameterOf = [];
            private readonly OrderedDictionary<string, (Tensor Tensor, bool Persistent)> bufferOf = [];
            private readonly OrderedDictionary<string, Module> moduleOf = [];
            private bool componentsRegistered;

            protected Module(string name) => this.name = name;

            public bool training { get; private set; } = true;

            public virtual string GetName() => name;

            public virtual void train(bool train = true)
            {
                training = train;
                foreach (var module in moduleOf.Values)
                    module.train(train);
            }

            public virtual void eval() => train(false);

            public virtual Module apply(Action<Module> fn)
            {
                foreach (var module in moduleOf.Values)
                    module.apply(fn);
                fn(this);
                return this;
            }

            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var parameter in parameters())
                {
                    using var grad = parameter.grad;
                    if (grad is null)
                        continue;
                    if (set_to_none)
                        parameter.grad = null;
                    else
                        grad.detach_().zero_();
                }
            }

            public virtual void register_parameter(string name, Parameter param)
            {
                ArgumentNullException.ThrowIfNull(param);
                if (!parameterOf.TryAdd(name, param))
                    throw new InvalidOperationException($"Parameter {name} is already registered.");
            }

            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                ArgumentNullException.ThrowIfNull(tensor);
                if (!bufferOf.TryAdd(name, (tensor, persistent)))
                    throw new InvalidOperationException($"Tensor {name} is already registered.");
            }

            public virtual void register_module(string name, Module submodule)
            {
                if (submodule is null)
                {
                    moduleOf.Remove(name);
                    return;
                }

                if (string.IsNullOrEmpty(name) || name.Contains('.'))
                    throw new ArgumentException($"module name can't be empty or contain \".\", got: \"{name}\"");
                if (!moduleOf.TryAdd(name, submodule))
                    throw new InvalidOperationException($"Sub-module {name} is already registered.");
                submodule.RegisterComponents();
            }

            public void add_module(string name, Module module) => register_module(name, module);

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Registers each field that is a module, a parameter or a tensor under the field's name.</summary>
            protected virtual void RegisterComponents()
            {
                if (componentsRegistered)
                    return;
                foreach (var field in GetType().GetFields(BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Instance))
                {
                    var component = field.Name;
                    if (moduleOf.ContainsKey(component) || parameterOf.ContainsKey(component) || bufferOf.ContainsKey(component))
                        continue;
                    switch (field.GetValue(this))
                    {
                        case Module module:
                            register_module(component, module);
                            break;
                        case Parameter parameter:
                            register_parameter(component, parameter);
                            break;
                        case Tensor tensor:
                            register_buffer(component, tensor);
                            break;
                    }
                }

                componentsRegistered = true;
            }

            protected void ConditionallyRegisterParameter(string name, Tensor value)
            {
                if (value is null)
                    parameterOf.Remove(name);
                else
                    parameterOf[name] = value as Parameter ?? new Parameter(value);
            }

            protected void ConditionallyRegisterBuffer(string name, Tensor value, bool persistent = true)
            {
                if (value is null)
                    bufferOf.Remove(name);
                else
                    bufferOf[name] = (value, persistent);
            }

            protected void ClearModules() => moduleOf.Clear();

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing)
                    return;
                foreach (var module in moduleOf.Values)
                    module.Dispose();
                foreach (var parameter in parameters(recurse: false).ToArray())
                    parameter.Dispose();
                foreach (var buffer in bufferOf.Values)
                    buffer.Tensor.Dispose();
            }

            /// <summary>Registers a parameter that lives as long as the module, whatever dispose scope is open.</summary>
            internal void Keep(string name, Tensor data)
            {
                var parameter = data as Parameter ?? new Parameter(data);
                parameter.DetachFromDisposeScope();
                register_parameter(name, parameter);
            }

            internal void KeepBuffer(string name, Tensor tensor) => register_buffer(name, tensor.DetachFromDisposeScope());
        }
    }
}
