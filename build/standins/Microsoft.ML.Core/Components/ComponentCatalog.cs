using System.Reflection;

namespace Microsoft.ML.Runtime;

/// <summary>Knows the class that stands for a name in models.</summary>
public sealed class ComponentCatalog
{
    private readonly Lock _lock = new();
    private readonly HashSet<Assembly> _assemblies = [];
    private readonly Dictionary<(string Name, Type Signature), LoadableClass> _classes = [];

    internal ComponentCatalog()
    {
    }

    public void RegisterAssembly(Assembly assembly, bool throwOnError = true)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        lock (_lock)
        {
            if (_assemblies.Contains(assembly))
                return;
            // Types that cannot be loaded are found here, not when one of them is first used.
            _ = assembly.GetTypes();
            foreach (LoadableClassAttributeBase attribute in assembly.GetCustomAttributes(typeof(LoadableClassAttributeBase)))
                Register(attribute, throwOnError);
            _assemblies.Add(assembly);
        }
    }

    internal bool TryCreateInstance<TResult, TSignature>(IHostEnvironment env, out TResult result, string name, params object[] extra)
        where TResult : class
    {
        LoadableClass found;
        lock (_lock)
        {
            if (!_classes.TryGetValue((name.Trim().ToLowerInvariant(), typeof(TSignature)), out found))
            {
                result = null;
                return false;
            }
        }

        result = found.CreateInstance(env, extra) as TResult;
        return result != null;
    }

    private void Register(LoadableClassAttributeBase attribute, bool throwOnError)
    {
        try
        {
            var loadable = new LoadableClass(attribute);
            foreach (var name in attribute.LoadNames)
            {
                var key = (name.ToLowerInvariant(), attribute.SignatureType);
                if (_classes.TryGetValue(key, out var other) && other.LoaderType != loadable.LoaderType)
                    throw Contracts.Except(null, $"ComponentCatalog cannot map name '{name}' and SignatureType '{attribute.SignatureType}' to {loadable.LoaderType}, already mapped to {other.LoaderType}.");
                _classes[key] = loadable;
            }
        }
        catch (Exception) when (!throwOnError)
        {
        }
    }
}
