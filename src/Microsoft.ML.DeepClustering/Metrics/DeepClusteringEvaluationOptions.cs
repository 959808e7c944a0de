using Microsoft.ML.DeepClustering.Metrics.Embedding;
using Microsoft.ML.DeepClustering.Options;

namespace Microsoft.ML.DeepClustering;

/// <summary>What <c>EvaluateDeepClustering</c> compares and how.</summary>
public sealed class DeepClusteringEvaluationOptions
{
    /// <summary>
    /// The column of known classes: a key, a single number, a bool, a text or a time; every different value is a class. A missing value (NaN, an
    /// empty text or key 0) leaves its row out of the measures that need classes. Default: null, which leaves those measures NaN.
    /// </summary>
    public string? LabelColumnName { get; set; }

    /// <summary>The column of predicted clusters: a key, or a whole number from 1 on; 0 is a missing prediction. Default: "PredictedLabel".</summary>
    public string PredictedLabelColumnName { get; set; } = "PredictedLabel";

    /// <summary>How NMI is normalised. Default: arithmetic.</summary>
    public MutualInformationAveraging Averaging { get; set; } = MutualInformationAveraging.Arithmetic;

    /// <summary>
    /// The column in which the clusters shall be compact and far apart: a vector of known size of <see cref="float"/>, such as "Features" for
    /// ML.NET's K-means. Default: null, which takes the column "Embedding" if the data have one of that type, and else leaves those measures NaN.
    /// </summary>
    public string? EmbeddingColumnName { get; set; }

    /// <summary>
    /// The most rows that the silhouette is taken over, 0 or more; 0 leaves it out. Of more rows a sample is drawn. Its time grows with the
    /// square of this number. Default: 4000.
    /// </summary>
    public int SilhouetteRowCount { get; set; } = Silhouette.DefaultSampleSize;

    /// <summary>
    /// Whether k-means is held beside the clusters: with 10 starts on the features and on the embedding, in <see cref="DeepClusteringMetrics.KMeansOfFeatures"/> and
    /// <see cref="DeepClusteringMetrics.KMeansOfEmbedding"/>. Both columns are then kept in memory. Default: false.
    /// </summary>
    public bool CompareWithKMeans { get; set; }

    /// <summary>The column of features for <see cref="CompareWithKMeans"/>, not empty: a vector of known size of <see cref="float"/>. Default: "Features".</summary>
    public string FeatureColumnName { get; set; } = "Features";

    /// <summary>The seed of that sample and of k-means: the same seed draws the same rows of the same data. Default: 0.</summary>
    public int Seed { get; set; }

    /// <summary>Throws one <see cref="ArgumentException"/> that names all faults, if there are any.</summary>
    internal void Validate()
    {
        var faults = new OptionFaults();
        faults.Require(LabelColumnName != "", nameof(LabelColumnName), "\"\"", "the name of a column, or null for the measures that need no classes");
        faults.Require(!string.IsNullOrEmpty(PredictedLabelColumnName), nameof(PredictedLabelColumnName), PredictedLabelColumnName == null ? "null" : "\"\"", "the name of a column");
        faults.Require(EmbeddingColumnName != "", nameof(EmbeddingColumnName), "\"\"", "the name of a column, or null for \"Embedding\" if there is one");
        faults.Require(!CompareWithKMeans || !string.IsNullOrEmpty(FeatureColumnName), nameof(FeatureColumnName), FeatureColumnName == null ? "null" : "\"\"", "the name of a column");
        faults.Known(Averaging, nameof(Averaging));
        faults.AtLeast(SilhouetteRowCount, 0, nameof(SilhouetteRowCount));
        faults.ThrowIfAny("EvaluateDeepClustering");
    }
}
