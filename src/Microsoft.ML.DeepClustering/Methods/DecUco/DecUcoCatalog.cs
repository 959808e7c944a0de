using Microsoft.ML.DeepClustering;

namespace Microsoft.ML;

/// <summary>Adds DEC-UCO to the clustering trainers.</summary>
public static class DecUcoCatalog
{
    /// <summary>
    /// DEC with the unsupervised companion objective: earlier blocks of the encoder learn with the clusters too.
    /// Trosten et al. 2024.
    /// </summary>
    /// <remarks>Columns, characteristics and scoring function: <see cref="DeepClusteringTrainer"/>.</remarks>
    /// <param name="catalog">The trainers of <c>mlContext.Clustering</c>.</param>
    /// <param name="featureColumnName">The column of features: a vector of known size of <see cref="float"/>; images are best scaled to [0, 1].</param>
    /// <param name="numberOfClusters">k, 2 or more.</param>
    /// <param name="numberOfEpochs">The largest number of epochs after pretraining, 1 or more; null for a number by the rows.</param>
    /// <param name="pretrainingEpochs">Epochs of training on reconstruction alone, 0 or more; null for a number by the rows.</param>
    /// <param name="kernel">The kernel of the companions.</param>
    public static DeepClusteringTrainer DecUco(
        this ClusteringCatalog.ClusteringTrainers catalog,
        string featureColumnName = "Features",
        int numberOfClusters = 5,
        int? numberOfEpochs = null,
        int? pretrainingEpochs = null,
        CompanionKernel kernel = CompanionKernel.Tensor)
        => catalog.DecUco(new DecUcoOptions
        {
            FeatureColumnName = featureColumnName,
            NumberOfClusters = numberOfClusters,
            NumberOfEpochs = numberOfEpochs,
            PretrainingEpochs = pretrainingEpochs,
            Companion = new() { Kernel = kernel },
        });

    /// <summary>DEC-UCO with all options.</summary>
    /// <remarks>Columns, characteristics and scoring function: <see cref="DeepClusteringTrainer"/>.</remarks>
    /// <param name="catalog">The trainers of <c>mlContext.Clustering</c>.</param>
    /// <param name="options">Copied; later changes have no effect.</param>
    public static DeepClusteringTrainer DecUco(this ClusteringCatalog.ClusteringTrainers catalog, DecUcoOptions options)
        => DeepClusteringTrainer.Create(catalog, options);
}
