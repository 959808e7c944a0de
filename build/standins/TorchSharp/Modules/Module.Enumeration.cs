using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var seen = new HashSet<IntPtr>();
                foreach (var (key, parameter) in parameterOf)
                {
                    if (!parameter.IsInvalid && seen.Add(parameter.Handle))
                        yield return (key, parameter);
                }

                if (!recurse)
                    yield break;
                foreach (var (key, module) in moduleOf)
                {
                    foreach (var (inner, parameter) in module.named_parameters(true))
                    {
                        if (seen.Add(parameter.Handle))
                            yield return ($"{key}.{inner}", parameter);
                    }
                }
            }

            public virtual IEnumerable<Parameter> parameters(bool recurse = true)
                => named_parameters(recurse).Select(pair => pair.parameter);

            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                var seen = new HashSet<IntPtr>();
                foreach (var (key, (buffer, persistent)) in bufferOf)
                {
                    if ((persistent || include_nonpersistent) && seen.Add(buffer.Handle))
                        yield return (key, buffer);
                }

                if (!recurse)
                    yield break;
                foreach (var (key, module) in moduleOf)
                {
                    foreach (var (inner, buffer) in module.named_buffers(true, include_nonpersistent))
                    {
                        if (seen.Add(buffer.Handle))
                            yield return ($"{key}.{inner}", buffer);
                    }
                }
            }

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true)
                => named_buffers(recurse, include_nonpersistent).Select(pair => pair.buffer);

            public virtual IEnumerable<(string name, Module module)> named_children()
                => moduleOf.Select(pair => (pair.Key, pair.Value));

            public virtual IEnumerable<Module> children() => moduleOf.Values;

            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var (key, module) in moduleOf)
                    yield return (key, module);
                foreach (var (key, module) in moduleOf)
                {
                    foreach (var (inner, nested) in module.named_modules())
                        yield return ($"{key}.{inner}", nested);
                }
            }

            public virtual IEnumerable<Module> modules() => named_modules().Select(pair => pair.module);

            public virtual bool has_parameter(string target) => get_parameter(target) is not null;

            public virtual bool has_buffer(string target) => get_buffer(target) is not null;

            public virtual Parameter get_parameter(string target)
                => Owner(target, out var key)?.parameterOf.GetValueOrDefault(key);

            public virtual Tensor get_buffer(string target)
                => Owner(target, out var key)?.bufferOf.GetValueOrDefault(key).Tensor;

            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor> destination = null, string prefix = null)
            {
                destination ??= [];
                var start = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
                foreach (var (key, parameter) in named_parameters())
                    destination.TryAdd(start + key, parameter);
                foreach (var (key, buffer) in named_buffers(include_nonpersistent: false))
                    destination.TryAdd(start + key, buffer);
                return destination;
            }

            public virtual (IList<string>, IList<string>) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string> skip = null)
            {
                var wanted = state_dict().Where(pair => skip is null || !skip.Contains(pair.Key)).ToDictionary();
                var missing = wanted.Keys.Except(source.Keys).ToList();
                var unexpected = source.Keys.Except(state_dict().Keys).ToList();
                if (strict && (missing.Count > 0 || unexpected.Count > 0))
                    throw new InvalidOperationException("The loaded state_dict is not identical to the target dictionary.");
                using var guard = no_grad();
                foreach (var (key, tensor) in wanted)
                {
                    if (source.TryGetValue(key, out var value))
                        tensor.copy_(value);
                }

                return (missing, unexpected);
            }

            private Module Owner(string target, out string key)
            {
                key = target;
                var owner = this;
                if (!target.Contains('.'))
                    return owner;
                var parts = target.Split('.');
                key = parts[^1];
                foreach (var part in parts[..^1])
                    owner = owner?.moduleOf.GetValueOrDefault(part);
                return owner;
            }
        }
    }
}
