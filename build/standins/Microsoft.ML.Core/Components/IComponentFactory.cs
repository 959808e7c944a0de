namespace Microsoft.ML.Runtime;

/// <summary>Makes components.</summary>
public interface IComponentFactory
{
}

/// <inheritdoc cref="IComponentFactory"/>
public interface IComponentFactory<out TComponent> : IComponentFactory
{
    TComponent CreateComponent(IHostEnvironment env);
}
