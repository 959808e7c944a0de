using Microsoft.ML.DeepClustering;

namespace Microsoft.ML;

/// <summary>Adds DEC to the clustering trainers.</summary>
public static class DecCatalog
{
    /// <summary>
    /// Deep embedded clustering: an autoencoder is trained, then its encoder and the centroids learn to sharpen their own soft assignments.
    /// Xie, Girshick and Farhadi 2016.
    /// </summary>
    /// <remarks>Columns, characteristics and scoring function: <see cref="DeepClusteringTrainer"/>.</remarks>
    /// <param name="catalog">The trainers of <c>mlContext.Clustering</c>.</param>
    /// <param name="featureColumnName">The column of features: a vector of known size of <see cref="float"/>; images are best scaled to [0, 1].</param>
    /// <param name="numberOfClusters">k, 2 or more.</param>
    /// <param name="numberOfEpochs">The largest number of epochs after pretraining, 1 or more; null for a number by the rows.</param>
    /// <param name="pretrainingEpochs">Epochs of training on reconstruction alone, 0 or more; null for a number by the rows.</param>
    public static DeepClusteringTrainer Dec(
        this ClusteringCatalog.ClusteringTrainers catalog,
        string featureColumnName = "Features",
        int numberOfClusters = 5,
        int? numberOfEpochs = null,
        int? pretrainingEpochs = null)
        => catalog.Dec(new DecOptions
        {
            FeatureColumnName = featureColumnName,
            NumberOfClusters = numberOfClusters,
            NumberOfEpochs = numberOfEpochs,
            PretrainingEpochs = pretrainingEpochs,
        });

    /// <summary>DEC with all options.</summary>
    /// <remarks>Columns, characteristics and scoring function: <see cref="DeepClusteringTrainer"/>.</remarks>
    /// <param name="catalog">The trainers of <c>mlContext.Clustering</c>.</param>
    /// <param name="options">Copied; later changes have no effect.</param>
    public static DeepClusteringTrainer Dec(this ClusteringCatalog.ClusteringTrainers catalog, DecOptions options)
        => DeepClusteringTrainer.Create(catalog, options);
}
