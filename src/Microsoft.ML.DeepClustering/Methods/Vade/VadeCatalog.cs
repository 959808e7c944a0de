using Microsoft.ML.DeepClustering;

namespace Microsoft.ML;

/// <summary>Adds VaDE to the clustering trainers.</summary>
public static class VadeCatalog
{
    /// <summary>
    /// Variational deep embedding: a variational autoencoder whose prior is a mixture of Gaussians, one for each cluster.
    /// Jiang, Zheng, Tan, Tang and Zhou 2017.
    /// </summary>
    /// <remarks>Columns, characteristics and scoring function: <see cref="DeepClusteringTrainer"/>.</remarks>
    /// <param name="catalog">The trainers of <c>mlContext.Clustering</c>.</param>
    /// <param name="featureColumnName">The column of features: a vector of known size of <see cref="float"/>; images are best scaled to [0, 1].</param>
    /// <param name="numberOfClusters">k, 2 or more.</param>
    /// <param name="numberOfEpochs">Epochs after pretraining, 1 or more; null for a number by the rows.</param>
    /// <param name="pretrainingEpochs">Epochs of training on reconstruction alone, 0 or more; null for a number by the rows.</param>
    public static DeepClusteringTrainer Vade(
        this ClusteringCatalog.ClusteringTrainers catalog,
        string featureColumnName = "Features",
        int numberOfClusters = 5,
        int? numberOfEpochs = null,
        int? pretrainingEpochs = null)
        => catalog.Vade(new VadeOptions
        {
            FeatureColumnName = featureColumnName,
            NumberOfClusters = numberOfClusters,
            NumberOfEpochs = numberOfEpochs,
            PretrainingEpochs = pretrainingEpochs,
        });

    /// <summary>VaDE with all options.</summary>
    /// <remarks>Columns, characteristics and scoring function: <see cref="DeepClusteringTrainer"/>.</remarks>
    /// <param name="catalog">The trainers of <c>mlContext.Clustering</c>.</param>
    /// <param name="options">Copied; later changes have no effect.</param>
    public static DeepClusteringTrainer Vade(this ClusteringCatalog.ClusteringTrainers catalog, VadeOptions options)
        => DeepClusteringTrainer.Create(catalog, options);
}
