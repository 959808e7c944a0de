using Microsoft.ML.DeepClustering;

namespace Microsoft.ML;

/// <summary>Adds AE+KM to the clustering trainers.</summary>
public static class AutoencoderKMeansCatalog
{
    /// <summary>
    /// An autoencoder trained on reconstruction, then k-means on its embeddings: the baseline of deep clustering.
    /// Moradi Fard et al. 2020, Section 4.
    /// </summary>
    /// <remarks>Columns, characteristics and scoring function: <see cref="DeepClusteringTrainer"/>.</remarks>
    /// <param name="catalog">The trainers of <c>mlContext.Clustering</c>.</param>
    /// <param name="featureColumnName">The column of features: a vector of known size of <see cref="float"/>; images are best scaled to [0, 1].</param>
    /// <param name="numberOfClusters">k, 2 or more.</param>
    /// <param name="pretrainingEpochs">Epochs of training on reconstruction alone, 1 or more; null for a number by the rows.</param>
    public static DeepClusteringTrainer AutoencoderKMeans(
        this ClusteringCatalog.ClusteringTrainers catalog,
        string featureColumnName = "Features",
        int numberOfClusters = 5,
        int? pretrainingEpochs = null)
        => catalog.AutoencoderKMeans(new AutoencoderKMeansOptions
        {
            FeatureColumnName = featureColumnName,
            NumberOfClusters = numberOfClusters,
            PretrainingEpochs = pretrainingEpochs,
        });

    /// <summary>AE+KM with all options.</summary>
    /// <remarks>Columns, characteristics and scoring function: <see cref="DeepClusteringTrainer"/>.</remarks>
    /// <param name="catalog">The trainers of <c>mlContext.Clustering</c>.</param>
    /// <param name="options">Copied; later changes have no effect.</param>
    public static DeepClusteringTrainer AutoencoderKMeans(this ClusteringCatalog.ClusteringTrainers catalog, AutoencoderKMeansOptions options)
        => DeepClusteringTrainer.Create(catalog, options);
}
