using Microsoft.ML.DeepClustering;

namespace Microsoft.ML;

/// <summary>Adds DDC to the clustering trainers.</summary>
public static class DdcCatalog
{
    /// <summary>
    /// Deep divergence-based clustering: a network whose clusters are compact and far apart by the Cauchy-Schwarz divergence.
    /// Kampffmeyer et al. 2019; Trosten et al. 2021, Section 3.
    /// </summary>
    /// <remarks>Columns, characteristics and scoring function: <see cref="DeepClusteringTrainer"/>.</remarks>
    /// <param name="catalog">The trainers of <c>mlContext.Clustering</c>.</param>
    /// <param name="featureColumnName">The column of features: a vector of known size of <see cref="float"/>; images are best scaled to [-1, 1].</param>
    /// <param name="numberOfClusters">k, 2 or more.</param>
    /// <param name="numberOfEpochs">The number of epochs, 1 or more; null for a number by the rows.</param>
    public static DeepClusteringTrainer Ddc(
        this ClusteringCatalog.ClusteringTrainers catalog,
        string featureColumnName = "Features",
        int numberOfClusters = 5,
        int? numberOfEpochs = null)
        => catalog.Ddc(new DdcOptions
        {
            FeatureColumnName = featureColumnName,
            NumberOfClusters = numberOfClusters,
            NumberOfEpochs = numberOfEpochs,
        });

    /// <summary>Deep divergence-based clustering with all options.</summary>
    /// <remarks>Columns, characteristics and scoring function: <see cref="DeepClusteringTrainer"/>.</remarks>
    /// <param name="catalog">The trainers of <c>mlContext.Clustering</c>.</param>
    /// <param name="options">Copied; later changes have no effect.</param>
    public static DeepClusteringTrainer Ddc(this ClusteringCatalog.ClusteringTrainers catalog, DdcOptions options)
        => DeepClusteringTrainer.Create(catalog, options);
}
