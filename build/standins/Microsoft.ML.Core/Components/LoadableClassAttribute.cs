namespace Microsoft.ML;

/// <summary>The signature of what makes a component from a saved model.</summary>
internal delegate void SignatureLoadModel(ModelLoadContext ctx);

/// <summary>Says which class stands for a name in models.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal abstract class LoadableClassAttributeBase : Attribute
{
    public readonly string Summary;
    public readonly Type InstanceType;
    public readonly Type LoaderType;
    public readonly Type ArgType;
    public readonly Type SignatureType;
    public readonly string UserName;
    public readonly IReadOnlyList<string> LoadNames;

    protected LoadableClassAttributeBase(
        string summary, Type instType, Type loaderType, Type argType, Type sigType, string userName, params string[] loadNames)
    {
        ArgumentNullException.ThrowIfNull(instType);
        ArgumentNullException.ThrowIfNull(loaderType);
        ArgumentNullException.ThrowIfNull(sigType);
        Summary = summary;
        InstanceType = instType;
        LoaderType = loaderType;
        ArgType = argType;
        SignatureType = sigType;
        UserName = userName;
        LoadNames = loadNames == null || loadNames.Length == 0 ? [userName] : loadNames;
    }
}

/// <inheritdoc cref="LoadableClassAttributeBase"/>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class LoadableClassAttribute : LoadableClassAttributeBase
{
    public LoadableClassAttribute(Type instType, Type argType, Type sigType, string userName, params string[] loadNames)
        : base(null, instType, instType, argType, sigType, userName, loadNames)
    {
    }

    public LoadableClassAttribute(Type instType, Type loaderType, Type argType, Type sigType, string userName, params string[] loadNames)
        : base(null, instType, loaderType, argType, sigType, userName, loadNames)
    {
    }

    public LoadableClassAttribute(string summary, Type instType, Type argType, Type sigType, string userName, params string[] loadNames)
        : base(summary, instType, instType, argType, sigType, userName, loadNames)
    {
    }

    public LoadableClassAttribute(string summary, Type instType, Type loaderType, Type argType, Type sigType, string userName, params string[] loadNames)
        : base(summary, instType, loaderType, argType, sigType, userName, loadNames)
    {
    }
}
