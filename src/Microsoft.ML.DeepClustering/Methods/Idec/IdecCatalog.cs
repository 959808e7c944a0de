using Microsoft.ML.DeepClustering;

namespace Microsoft.ML;

/// <summary>Adds IDEC to the clustering trainers.</summary>
public static class IdecCatalog
{
    /// <summary>
    /// Improved deep embedded clustering: DEC that keeps on reconstructing, so that the embedding keeps its local structure.
    /// Guo, Gao, Liu and Yin 2017.
    /// </summary>
    /// <remarks>Columns, characteristics and scoring function: <see cref="DeepClusteringTrainer"/>.</remarks>
    /// <param name="catalog">The trainers of <c>mlContext.Clustering</c>.</param>
    /// <param name="featureColumnName">The column of features: a vector of known size of <see cref="float"/>; images are best scaled to [0, 1].</param>
    /// <param name="numberOfClusters">k, 2 or more.</param>
    /// <param name="numberOfEpochs">The largest number of epochs after pretraining, 1 or more; null for a number by the rows.</param>
    /// <param name="pretrainingEpochs">Epochs of training on reconstruction alone, 0 or more; null for a number by the rows.</param>
    public static DeepClusteringTrainer Idec(
        this ClusteringCatalog.ClusteringTrainers catalog,
        string featureColumnName = "Features",
        int numberOfClusters = 5,
        int? numberOfEpochs = null,
        int? pretrainingEpochs = null)
        => catalog.Idec(new IdecOptions
        {
            FeatureColumnName = featureColumnName,
            NumberOfClusters = numberOfClusters,
            NumberOfEpochs = numberOfEpochs,
            PretrainingEpochs = pretrainingEpochs,
        });

    /// <summary>IDEC with all options.</summary>
    /// <remarks>Columns, characteristics and scoring function: <see cref="DeepClusteringTrainer"/>.</remarks>
    /// <param name="catalog">The trainers of <c>mlContext.Clustering</c>.</param>
    /// <param name="options">Copied; later changes have no effect.</param>
    public static DeepClusteringTrainer Idec(this ClusteringCatalog.ClusteringTrainers catalog, IdecOptions options)
        => DeepClusteringTrainer.Create(catalog, options);
}
