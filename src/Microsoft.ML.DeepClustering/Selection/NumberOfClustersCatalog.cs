using Microsoft.ML.DeepClustering;
using Microsoft.ML.DeepClustering.Internals;
using Microsoft.ML.DeepClustering.Selection;
using Microsoft.ML.DeepClustering.Torch;

namespace Microsoft.ML;

/// <summary>Adds the scan over numbers of clusters to the clustering catalog.</summary>
public static class NumberOfClustersCatalog
{
    /// <summary>
    /// Trains a method with each number of clusters from <paramref name="from"/> to <paramref name="to"/> and several seeds, measures the clusters
    /// without labels, and suggests the number with the highest product of silhouette, the mean over the seeds in the embeddings (Rousseeuw 1987),
    /// and stability, the mean adjusted Rand index between the clusters of different seeds (Ben-Hur, Elisseeff and Guyon 2002; von Luxburg 2010).
    /// A number at which half or more of the trainings fail or leave a cluster empty is not suggested.
    /// </summary>
    /// <remarks>
    /// Best with <see cref="AutoencoderKMeansOptions"/>: its embeddings are the same for every number of clusters. Methods that train the embeddings
    /// towards clusters raise the silhouette of any number, wrong ones too; train these with the number that the scan found.
    /// <see cref="NumberOfClustersScan.Reason"/> says so when the silhouette is too low for the suggestion to mean much.
    /// <para>
    /// Methods with an autoencoder get embeddings of length 10, as in DEC, where <see cref="AutoencoderFamilyOptions.EmbeddingSize"/> or <see cref="DepictOptions.EmbeddingSize"/> is null.
    /// Their autoencoder is pretrained once for each seed and run and reused for every number of clusters; each training gives bit for bit the model
    /// that it would have given alone. Dcn and DeepKMeans, which carry the optimiser's moments on from pretraining unless FreshOptimizer is set, Depict, and all with LayerwiseEpochs pretrain each time.
    /// With a <see cref="DeepClusteringOptions.RunExecutor"/> all trainings are made there at once, each pretrains for itself, and the result is the same bit for bit.
    /// </para>
    /// The data are read once. The log has a line for each number of clusters.
    /// </remarks>
    /// <param name="catalog">The clustering catalog of an <see cref="MLContext"/>.</param>
    /// <param name="data">Data with the feature column, at least <paramref name="to"/> rows.</param>
    /// <param name="options">
    /// The method and its options; they are not changed. All hold for each training but NumberOfClusters; CheckpointPath, PretrainingFolder and Unseen must be null. Seed is that of the first training, and the
    /// seeds of the others follow in steps of NumberOfRuns. Progress, RunExecutor and CancellationToken are those of the scan.
    /// </param>
    /// <param name="from">The smallest number of clusters, 2 or more.</param>
    /// <param name="to">The largest number of clusters, <paramref name="from"/> or more, at most the number of rows.</param>
    /// <param name="numberOfSeeds">Trainings for each number of clusters, 1 or more. With 1 the stability is not known and not used.</param>
    /// <returns>The measures of each number of clusters, and the one suggested. A training that failed is reported in it.</returns>
    /// <exception cref="ArgumentException">A number or an option is out of range, or the image shape does not fit the vector.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The feature column is missing or of the wrong type.</exception>
    /// <exception cref="InvalidOperationException">No rows, fewer rows than <paramref name="to"/>, a value that is not finite, or all trainings failed.</exception>
    /// <exception cref="InsufficientMemoryException">The memory of the machine or of the GPU does not suffice.</exception>
    /// <exception cref="OperationCanceledException">The options' cancellation token was cancelled.</exception>
    public static NumberOfClustersScan ScanNumberOfClusters(
        this ClusteringCatalog catalog, IDataView data, DeepClusteringOptions options, int from, int to, int numberOfSeeds = 3)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        var scanner = new NumberOfClustersScanner(MachineLearningInternals.EnvironmentOf(catalog.Trainers), options.Copy(), from, to, numberOfSeeds);
        return NativeFaults.Translate(
            () => scanner.Run(data), "The scan", () => $"{options.MemoryAdvice}, or scan fewer rows");
    }
}
