namespace Microsoft.ML.Runtime;

/// <summary>What components are given: channels, progress, the catalog of components, hosts of their own.</summary>
public interface IHostEnvironment : IChannelProvider, IProgressChannelProvider
{
    ComponentCatalog ComponentCatalog { get; }

    IHost Register(string name, int? seed = null, bool? verbose = null);
}

/// <summary>A component's own environment, with a source of randomness.</summary>
public interface IHost : IHostEnvironment
{
    Random Rand { get; }
}
