using System.Runtime.CompilerServices;
using Microsoft.ML.DeepClustering;
using Microsoft.ML.DeepClustering.Metrics;

namespace Microsoft.ML;

/// <summary>Evaluation of clusters, with known classes and without, for every clustering trainer of ML.NET.</summary>
public static class DeepClusteringMetricsCatalog
{
    /// <summary>
    /// Measures clusters: accuracy, NMI, ARI, purity, homogeneity and completeness against known classes; silhouette, Davies-Bouldin and
    /// Calinski-Harabasz in the column "Embedding" if there is one; and the clusters' sizes. Works for the output of ML.NET's own KMeans as well.
    /// </summary>
    /// <param name="catalog">The clustering catalog of an <see cref="MLContext"/>.</param>
    /// <param name="data">The scored data: the output of a clustering model's <c>Transform</c>.</param>
    /// <param name="labelColumnName">
    /// The column of known classes: a key, a single number, a bool or a text; every different value is a class. A missing value (NaN, an empty
    /// text or key 0) leaves its row out of the measures that need classes. Null, as for ML.NET's Evaluate: those measures are then NaN.
    /// </param>
    /// <param name="predictedLabelColumnName">
    /// The column of predicted clusters: a key, or a whole number from 1 on, as a key is read back into a member of a class. 0 is a missing prediction.
    /// Mind that a member with the attribute KeyType counts from 0 when rows are made of a list of its class.
    /// </param>
    /// <param name="averaging">How NMI is normalised.</param>
    /// <returns>The measures and the sizes of all clusters of the key type, empty ones too.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A named column is missing or its type does not fit.</exception>
    /// <exception cref="InvalidOperationException">The data has no rows.</exception>
    // A null after the data is a column name, as it was before there were options.
    [OverloadResolutionPriority(1)]
    public static DeepClusteringMetrics EvaluateDeepClustering(
        this ClusteringCatalog catalog,
        IDataView data,
        string? labelColumnName = null,
        string predictedLabelColumnName = "PredictedLabel",
        MutualInformationAveraging averaging = MutualInformationAveraging.Arithmetic)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentException.ThrowIfNullOrEmpty(predictedLabelColumnName);
        if (!Enum.IsDefined(averaging))
            throw new ArgumentOutOfRangeException(nameof(averaging), averaging, "The averaging must be Arithmetic or Geometric.");
        return new DeepClusteringEvaluator(new DeepClusteringEvaluationOptions
        {
            LabelColumnName = labelColumnName,
            PredictedLabelColumnName = predictedLabelColumnName,
            Averaging = averaging,
        }).Evaluate(data);
    }

    /// <summary>
    /// Measures clusters as the overload with parameters does, with all options. Reads the data once, in a stream; its memory does not grow with the rows
    /// but for the comparison with k-means: embeddings beyond 16 million values go to a temporary file meanwhile.
    /// </summary>
    /// <param name="catalog">The clustering catalog of an <see cref="MLContext"/>.</param>
    /// <param name="data">The scored data: the output of a clustering model's <c>Transform</c>.</param>
    /// <param name="options">The columns to compare and how.</param>
    /// <returns>The measures and the sizes of all clusters of the key type, empty ones too.</returns>
    /// <exception cref="ArgumentException">The options are out of range.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A named column is missing or its type does not fit.</exception>
    /// <exception cref="InvalidOperationException">The data has no rows.</exception>
    public static DeepClusteringMetrics EvaluateDeepClustering(this ClusteringCatalog catalog, IDataView data, DeepClusteringEvaluationOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return new DeepClusteringEvaluator(options).Evaluate(data);
    }
}
