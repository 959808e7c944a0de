namespace Microsoft.ML.DeepClustering.Orleans;

/// <summary>Makes a training use a cluster.</summary>
public static class OptionsExtensions
{
    /// <summary>
    /// Has the runs of a training made by the silos of an Orleans cluster that call <c>AddDeepClusteringWorkers</c>; the same as setting
    /// <see cref="DeepClusteringOptions.RunExecutor"/> to an <see cref="OrleansRunExecutor"/>, which has further settings.
    /// </summary>
    /// <param name="options">The options of any trainer.</param>
    /// <param name="cluster">The cluster: an <see cref="IClusterClient"/> that is connected, or the grain factory of a silo.</param>
    /// <param name="storage">Where data and checkpoints go: what this process and all silos reach.</param>
    /// <returns>The options.</returns>
    public static TOptions UseOrleans<TOptions>(this TOptions options, IGrainFactory cluster, RunStorage storage)
        where TOptions : DeepClusteringOptions
    {
        ArgumentNullException.ThrowIfNull(options);
        options.RunExecutor = new OrleansRunExecutor(cluster, storage);
        return options;
    }
}
