using Microsoft.ML.DeepClustering;

namespace Microsoft.ML;

/// <summary>Adds DDC-AE to the clustering trainers.</summary>
public static class DdcAutoencoderCatalog
{
    /// <summary>
    /// DDC with reconstruction as its auxiliary objective.
    /// Trosten et al. 2021 and 2024.
    /// </summary>
    /// <remarks>Columns, characteristics and scoring function: <see cref="DeepClusteringTrainer"/>.</remarks>
    /// <param name="catalog">The trainers of <c>mlContext.Clustering</c>.</param>
    /// <param name="featureColumnName">The column of features: a vector of known size of <see cref="float"/>; images are best scaled to [-1, 1].</param>
    /// <param name="numberOfClusters">k, 2 or more.</param>
    /// <param name="numberOfEpochs">The number of epochs, 1 or more; null for a number by the rows.</param>
    public static DeepClusteringTrainer DdcAutoencoder(
        this ClusteringCatalog.ClusteringTrainers catalog,
        string featureColumnName = "Features",
        int numberOfClusters = 5,
        int? numberOfEpochs = null)
        => catalog.DdcAutoencoder(new DdcAutoencoderOptions
        {
            FeatureColumnName = featureColumnName,
            NumberOfClusters = numberOfClusters,
            NumberOfEpochs = numberOfEpochs,
        });

    /// <summary>DDC-AE with all options.</summary>
    /// <remarks>Columns, characteristics and scoring function: <see cref="DeepClusteringTrainer"/>.</remarks>
    /// <param name="catalog">The trainers of <c>mlContext.Clustering</c>.</param>
    /// <param name="options">Copied; later changes have no effect.</param>
    public static DeepClusteringTrainer DdcAutoencoder(this ClusteringCatalog.ClusteringTrainers catalog, DdcAutoencoderOptions options)
        => DeepClusteringTrainer.Create(catalog, options);
}
