using Microsoft.ML.DeepClustering;

namespace Microsoft.ML;

/// <summary>Adds DDC-UCO to the clustering trainers.</summary>
public static class DdcUcoCatalog
{
    /// <summary>
    /// DDC with the unsupervised companion objective: earlier blocks of the network learn with the clusters too.
    /// Trosten et al. 2021 and 2024; the settings are those of <see cref="DdcUcoOptions"/>.
    /// </summary>
    /// <remarks>Columns, characteristics and scoring function: <see cref="DeepClusteringTrainer"/>.</remarks>
    /// <param name="catalog">The trainers of <c>mlContext.Clustering</c>.</param>
    /// <param name="featureColumnName">The column of features: a vector of known size of <see cref="float"/>; images are best scaled to [-1, 1].</param>
    /// <param name="numberOfClusters">k, 2 or more.</param>
    /// <param name="numberOfEpochs">The number of epochs, 1 or more; null for a number by the rows.</param>
    /// <param name="kernel">The kernel of the companions.</param>
    public static DeepClusteringTrainer DdcUco(
        this ClusteringCatalog.ClusteringTrainers catalog,
        string featureColumnName = "Features",
        int numberOfClusters = 5,
        int? numberOfEpochs = null,
        CompanionKernel kernel = CompanionKernel.Tensor)
        => catalog.DdcUco(new DdcUcoOptions
        {
            FeatureColumnName = featureColumnName,
            NumberOfClusters = numberOfClusters,
            NumberOfEpochs = numberOfEpochs,
            Companion = new() { Kernel = kernel },
        });

    /// <summary>DDC-UCO with all options.</summary>
    /// <remarks>Columns, characteristics and scoring function: <see cref="DeepClusteringTrainer"/>.</remarks>
    /// <param name="catalog">The trainers of <c>mlContext.Clustering</c>.</param>
    /// <param name="options">Copied; later changes have no effect.</param>
    public static DeepClusteringTrainer DdcUco(this ClusteringCatalog.ClusteringTrainers catalog, DdcUcoOptions options)
        => DeepClusteringTrainer.Create(catalog, options);
}
