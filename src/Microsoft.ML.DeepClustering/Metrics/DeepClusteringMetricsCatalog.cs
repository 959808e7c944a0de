using Microsoft.ML.DeepClustering.Metrics;

namespace Microsoft.ML;

/// <summary>Evaluation of clusters against known classes, for every clustering trainer of ML.NET.</summary>
public static class DeepClusteringMetricsCatalog
{
    /// <summary>
    /// Measures clusters: accuracy, NMI, ARI, purity, homogeneity and completeness against known classes, and the clusters' sizes.
    /// Reads the data once. Works for the output of ML.NET's own KMeans as well.
    /// </summary>
    /// <param name="catalog">The clustering catalog of an <see cref="MLContext"/>.</param>
    /// <param name="data">The scored data: the output of a clustering model's <c>Transform</c>.</param>
    /// <param name="labelColumnName">
    /// The column of known classes: a key, a single number, a bool or a text; every different value is a class. A missing value (NaN, an empty
    /// text or key 0) leaves its row out of the measures that need classes. Null if there are none: those measures are then NaN.
    /// </param>
    /// <param name="predictedLabelColumnName">The column of predicted clusters, a key. Key 0 is a missing prediction.</param>
    /// <param name="averaging">How NMI is normalised.</param>
    /// <returns>The measures and the sizes of all clusters of the key type, empty ones too.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A named column is missing or its type does not fit.</exception>
    /// <exception cref="InvalidOperationException">The data has no rows.</exception>
    public static DeepClusteringMetrics EvaluateDeepClustering(
        this ClusteringCatalog catalog,
        IDataView data,
        string? labelColumnName = "Label",
        string predictedLabelColumnName = "PredictedLabel",
        MutualInformationAveraging averaging = MutualInformationAveraging.Arithmetic)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentException.ThrowIfNullOrEmpty(predictedLabelColumnName);
        if (!Enum.IsDefined(averaging))
            throw new ArgumentOutOfRangeException(nameof(averaging), averaging, "The averaging must be Arithmetic or Geometric.");
        return new DeepClusteringEvaluator(labelColumnName, predictedLabelColumnName, averaging).Evaluate(data);
    }
}
