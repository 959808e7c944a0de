using Microsoft.ML.DeepClustering;

namespace Microsoft.ML;

/// <summary>Adds DynAE to the clustering trainers.</summary>
public static class DynamicAutoencoderCatalog
{
    /// <summary>
    /// The dynamic autoencoder, DynAE: rows whose cluster is clear learn to be decoded to their centroid's image, the others to their own.
    /// Mrabah, Khan, Ksantini and Lachiri 2020.
    /// </summary>
    /// <remarks>Columns, characteristics and scoring function: <see cref="DeepClusteringTrainer"/>.</remarks>
    /// <param name="catalog">The trainers of <c>mlContext.Clustering</c>.</param>
    /// <param name="featureColumnName">The column of features: a vector of known size of <see cref="float"/>; images are best scaled to [0, 1].</param>
    /// <param name="numberOfClusters">k, 2 or more.</param>
    /// <param name="numberOfEpochs">The largest number of epochs after pretraining, 1 or more; null for a number by the rows.</param>
    /// <param name="pretrainingEpochs">Epochs of training on reconstruction before, 0 or more; null for a number by the rows.</param>
    public static DeepClusteringTrainer DynamicAutoencoder(
        this ClusteringCatalog.ClusteringTrainers catalog,
        string featureColumnName = "Features",
        int numberOfClusters = 5,
        int? numberOfEpochs = null,
        int? pretrainingEpochs = null)
        => catalog.DynamicAutoencoder(new DynamicAutoencoderOptions
        {
            FeatureColumnName = featureColumnName,
            NumberOfClusters = numberOfClusters,
            NumberOfEpochs = numberOfEpochs,
            PretrainingEpochs = pretrainingEpochs,
        });

    /// <summary>DynAE with all options.</summary>
    /// <remarks>Columns, characteristics and scoring function: <see cref="DeepClusteringTrainer"/>.</remarks>
    /// <param name="catalog">The trainers of <c>mlContext.Clustering</c>.</param>
    /// <param name="options">Copied; later changes have no effect.</param>
    public static DeepClusteringTrainer DynamicAutoencoder(this ClusteringCatalog.ClusteringTrainers catalog, DynamicAutoencoderOptions options)
        => DeepClusteringTrainer.Create(catalog, options);
}
