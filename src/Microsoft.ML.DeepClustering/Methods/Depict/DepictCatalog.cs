using Microsoft.ML.DeepClustering;

namespace Microsoft.ML;

/// <summary>Adds DEPICT to the clustering trainers.</summary>
public static class DepictCatalog
{
    /// <summary>
    /// DEPICT, deep embedded regularized clustering: a denoising autoencoder with a softmax layer on its embedding, whose probabilities are drawn to a sharper and more even target.
    /// Ghasedi Dizaji, Herandi, Deng, Cai and Huang 2017.
    /// </summary>
    /// <remarks>Columns, characteristics and scoring function: <see cref="DeepClusteringTrainer"/>.</remarks>
    /// <param name="catalog">The trainers of <c>mlContext.Clustering</c>.</param>
    /// <param name="featureColumnName">The column of features: a vector of known size of <see cref="float"/>; images are best scaled to [-1, 1].</param>
    /// <param name="numberOfClusters">k, 2 or more.</param>
    /// <param name="numberOfEpochs">The largest number of epochs of the last stage, 1 or more; null for a number by the rows.</param>
    /// <param name="pretrainingEpochs">Epochs of training on reconstruction alone, 0 or more; null for a number by the rows.</param>
    public static DeepClusteringTrainer Depict(
        this ClusteringCatalog.ClusteringTrainers catalog,
        string featureColumnName = "Features",
        int numberOfClusters = 5,
        int? numberOfEpochs = null,
        int? pretrainingEpochs = null)
        => catalog.Depict(new DepictOptions
        {
            FeatureColumnName = featureColumnName,
            NumberOfClusters = numberOfClusters,
            NumberOfEpochs = numberOfEpochs,
            PretrainingEpochs = pretrainingEpochs,
        });

    /// <summary>DEPICT with all options.</summary>
    /// <remarks>Columns, characteristics and scoring function: <see cref="DeepClusteringTrainer"/>.</remarks>
    /// <param name="catalog">The trainers of <c>mlContext.Clustering</c>.</param>
    /// <param name="options">Copied; later changes have no effect.</param>
    public static DeepClusteringTrainer Depict(this ClusteringCatalog.ClusteringTrainers catalog, DepictOptions options)
        => DeepClusteringTrainer.Create(catalog, options);
}
