using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>A registered class and the one constructor or Create method that makes it.</summary>
internal sealed class LoadableClass
{
    private const BindingFlags Statics = BindingFlags.Static | BindingFlags.FlattenHierarchy;

    private readonly ConstructorInfo _constructor;
    private readonly MethodInfo _create;
    private readonly bool _takesEnvironment;

    public LoadableClass(LoadableClassAttributeBase attribute)
    {
        InstanceType = attribute.InstanceType;
        LoaderType = attribute.LoaderType;
        SignatureType = attribute.SignatureType;
        if (attribute.ArgType != null)
            throw new NotSupportedException($"{LoaderType} is registered with an argument type; only models are loaded here.");

        var extra = SignatureType.GetMethod("Invoke").GetParameters().Select(parameter => parameter.ParameterType).ToArray();
        _takesEnvironment = true;
        (_constructor, _create) = Find([typeof(IHostEnvironment), .. extra]);
        if (_constructor != null || _create != null)
            return;
        _takesEnvironment = false;
        (_constructor, _create) = Find(extra);
        if (_constructor == null && _create == null)
            throw Contracts.Except(null, $"Can't load type '{InstanceType}': {LoaderType} has neither a constructor nor a Create method of the signature {SignatureType.Name}.");
    }

    public Type InstanceType { get; }

    public Type LoaderType { get; }

    public Type SignatureType { get; }

    public object CreateInstance(IHostEnvironment env, object[] extra)
    {
        object[] arguments = _takesEnvironment ? [env, .. extra] : extra;
        try
        {
            return _create != null ? _create.Invoke(null, arguments) : _constructor.Invoke(arguments);
        }
        catch (TargetInvocationException ex) when (ex.InnerException?.IsMarked() == true)
        {
            throw Contracts.Except(null, ex, "Error during class instantiation");
        }
    }

    private (ConstructorInfo Constructor, MethodInfo Create) Find(Type[] parameters)
    {
        foreach (var visibility in (BindingFlags[])[BindingFlags.Public, BindingFlags.NonPublic])
        {
            var constructor = InstanceType.IsAssignableFrom(LoaderType) && !LoaderType.IsAbstract
                ? LoaderType.GetConstructor(BindingFlags.Instance | visibility, null, parameters, null)
                : null;
            var create = LoaderType.GetMethod("Create", Statics | visibility, null, parameters, null);
            if (create?.ReturnType != InstanceType)
                create = null;
            if (constructor != null && create != null)
                throw Contracts.Except(null, $"Can't load type {InstanceType}, because it has both create and constructor methods. Please indicate which one should be used by changing either the signature or the visibility of one of them.");
            if (constructor != null || create != null)
                return (constructor, create);
        }

        return default;
    }
}
