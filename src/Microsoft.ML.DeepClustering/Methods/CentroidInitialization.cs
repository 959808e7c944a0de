using Microsoft.ML.DeepClustering.Centroids;

namespace Microsoft.ML.DeepClustering;

/// <summary>Where centroids start.</summary>
public enum CentroidInitialization
{
    /// <summary>The centres that k-means finds among the embeddings.</summary>
    KMeans,

    /// <summary>U(-1, 1) in every coordinate, without a look at the data, as in Deep k-Means without pretraining (Moradi Fard et al. 2020, Section 3).</summary>
    Uniform,
}
