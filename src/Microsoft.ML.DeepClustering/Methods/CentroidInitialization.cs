namespace Microsoft.ML.DeepClustering;

/// <summary>How centroids are initialised.</summary>
public enum CentroidInitialization
{
    /// <summary>By k-means on the embeddings.</summary>
    KMeans,

    /// <summary>U(-1, 1) in every coordinate, without a look at the data, as in Deep k-Means without pretraining (Moradi Fard et al. 2020, Section 3).</summary>
    Uniform,
}
