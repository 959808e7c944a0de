using Microsoft.ML.DeepClustering;

namespace Microsoft.ML;

/// <summary>Adds a trainer for the options of any method.</summary>
public static class DeepClusteringCatalog
{
    /// <summary>The method whose options are given: for <see cref="DdcOptions"/> the same as <c>Ddc(options)</c>. For programs that choose a method when they run.</summary>
    /// <remarks>Columns, characteristics and scoring function: <see cref="DeepClusteringTrainer"/>.</remarks>
    /// <param name="catalog">The trainers of <c>mlContext.Clustering</c>.</param>
    /// <param name="options">Copied; later changes have no effect.</param>
    public static DeepClusteringTrainer DeepClustering(this ClusteringCatalog.ClusteringTrainers catalog, DeepClusteringOptions options)
        => DeepClusteringTrainer.Create(catalog, options);
}
