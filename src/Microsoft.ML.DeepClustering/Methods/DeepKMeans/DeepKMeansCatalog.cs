using Microsoft.ML.DeepClustering;

namespace Microsoft.ML;

/// <summary>Adds Deep k-Means to the clustering trainers.</summary>
public static class DeepKMeansCatalog
{
    /// <summary>
    /// Deep k-Means: a differentiable form of k-means trains centroids and embedding together.
    /// Moradi Fard, Thonet and Gaussier 2020; the settings are those of DKM^p.
    /// </summary>
    /// <remarks>Columns, characteristics and scoring function: <see cref="DeepClusteringTrainer"/>.</remarks>
    /// <param name="catalog">The trainers of <c>mlContext.Clustering</c>.</param>
    /// <param name="featureColumnName">The column of features: a vector of known size of <see cref="float"/>; images are best scaled to [0, 1].</param>
    /// <param name="numberOfClusters">k, 2 or more.</param>
    /// <param name="numberOfEpochs">The number of epochs after pretraining, 1 or more; null for a number by the rows.</param>
    /// <param name="pretrainingEpochs">Epochs of training on reconstruction alone, 0 or more; null for a number by the rows.</param>
    public static DeepClusteringTrainer DeepKMeans(
        this ClusteringCatalog.ClusteringTrainers catalog,
        string featureColumnName = "Features",
        int numberOfClusters = 5,
        int? numberOfEpochs = null,
        int? pretrainingEpochs = null)
        => catalog.DeepKMeans(new DeepKMeansOptions
        {
            FeatureColumnName = featureColumnName,
            NumberOfClusters = numberOfClusters,
            NumberOfEpochs = numberOfEpochs,
            PretrainingEpochs = pretrainingEpochs,
        });

    /// <summary>Deep k-Means with all options.</summary>
    /// <remarks>Columns, characteristics and scoring function: <see cref="DeepClusteringTrainer"/>.</remarks>
    /// <param name="catalog">The trainers of <c>mlContext.Clustering</c>.</param>
    /// <param name="options">Copied; later changes have no effect.</param>
    public static DeepClusteringTrainer DeepKMeans(this ClusteringCatalog.ClusteringTrainers catalog, DeepKMeansOptions options)
        => DeepClusteringTrainer.Create(catalog, options);
}
