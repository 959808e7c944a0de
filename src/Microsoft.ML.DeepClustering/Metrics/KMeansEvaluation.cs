using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Metrics.Embedding;
using Microsoft.ML.DeepClustering.Metrics.Partition;
using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Metrics;

/// <summary>Keeps the rows of a column and clusters them by k-means.</summary>
/// <param name="column">A vector of known size of Single.</param>
/// <param name="options">The seed, and how NMI is normalised.</param>
internal sealed class KMeansEvaluation(DataViewSchema.Column column, DeepClusteringEvaluationOptions options) : IDisposable
{
    private const int Starts = 10;

    private readonly KeptEmbeddings _rows = new(((VectorDataViewType)column.Type).Size, maximumValuesInMemory: long.MaxValue);
    private EmbeddingBlocks? _blocks;

    /// <summary>A function that takes the class of the current row of a cursor, or <see cref="Data.LabelReader.Missing"/>, and its place in the data.</summary>
    public Action<int, long> Adder(DataViewRow row)
    {
        var blocks = _blocks = new EmbeddingBlocks(row, column, _rows.Add);
        return (label, place) => blocks.Add(label, place);
    }

    /// <summary>The clusters of the rows that were added; null when they are fewer than the clusters, or when there are none.</summary>
    /// <param name="numberOfClusters">k.</param>
    /// <param name="classes">The number and the name of each class.</param>
    /// <exception cref="InsufficientMemoryException">The memory does not suffice.</exception>
    public KMeansYardstick? Finish(int numberOfClusters, IReadOnlyList<(int Number, string Name)> classes)
    {
        _blocks?.Flush();
        return _blocks is null || numberOfClusters < 1 || _blocks.Count < numberOfClusters
            ? null
            : NativeFaults.Translate(() => Run(numberOfClusters, classes), $"K-means on column '{column.Name}'", () => "evaluate fewer rows, or set CompareWithKMeans to false");
    }

    public void Dispose() => _rows.Dispose();

    private KMeansYardstick Run(int numberOfClusters, IReadOnlyList<(int Number, string Name)> classes)
    {
        using var session = TorchSession.WithoutGradients();
        var (points, labels) = Rows();
        var found = Cluster(points, numberOfClusters);
        var table = Table(labels, found.MinBy(f => f.Inertia).Clusters, classes, numberOfClusters);
        return new(
            column.Name,
            labels.Length,
            Starts,
            ClusteringAccuracy.Compute(table),
            NormalizedMutualInformation.Compute(table, options.Averaging),
            AdjustedRandIndex.Compute(table),
            found.All(f => f.Clusters.Distinct().Count() == numberOfClusters) ? PartitionAgreement.MeanOfPairs([.. found.Select(f => f.Clusters)], numberOfClusters) : double.NaN);
    }

    // (n, d), and the class of each row.
    private (Tensor Points, long[] Labels) Rows()
    {
        var (values, labels) = (new List<Tensor>(), new List<long>());
        _rows.ForEach((block, classes) =>
        {
            values.Add(block);
            labels.AddRange(classes.data<long>().ToArray());
        });
        var points = cat(values, 0);
        // To [-1, 1]: the squares of very large and of very small values are not numbers of float32. K-means finds the same on any scale.
        var scale = points.abs().max();
        return (scale.item<float>() > 0 ? points / scale : points, [.. labels]);
    }

    private (double Inertia, int[] Clusters)[] Cluster(Tensor points, int numberOfClusters)
    {
        using var generator = new Generator((ulong)(uint)options.Seed);
        var mean = points.mean(new long[] { 0 });
        var centred = KMeansPoints.Create(points, mean);
        return Enumerable.Range(0, Starts).Select(_ =>
        {
            using var scope = NewDisposeScope();
            var result = KMeans.Run(centred, mean, numberOfClusters, nInit: 1, generator, former: null, CancellationToken.None);
            return (result.Inertia, Array.ConvertAll(result.Labels.data<long>().ToArray(), l => (int)l));
        }).ToArray();
    }

    private static ContingencyTable Table(long[] labels, int[] clusters, IReadOnlyList<(int Number, string Name)> classes, int numberOfClusters)
    {
        var counter = new ContingencyCounter();
        for (var row = 0; row < labels.Length; row++)
        {
            if (labels[row] != Data.LabelReader.Missing)
                counter.Add((int)labels[row], clusters[row]);
        }

        return counter.ToTable(classes, numberOfClusters);
    }
}
