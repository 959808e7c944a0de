using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Metrics.Embedding;

/// <summary>
/// The measures of a column of embeddings in a stream. The index of Davies and Bouldin needs the final means, so it goes over the embeddings
/// once more: over those that were kept, never over the data, which may give other rows then.
/// </summary>
internal sealed class EmbeddingEvaluation(DataViewSchema.Column column, DeepClusteringEvaluationOptions options, long maximumValuesInMemory) : IDisposable
{
    /// <summary>The most values kept in memory: 64 MiB.</summary>
    public const long DefaultMaximumValuesInMemory = 16 << 20;

    private readonly ClusterMoments _moments = new();
    private readonly EmbeddingSample _sample = new(options.SilhouetteRowCount, options.Seed);
    // Clusters in the order in which they come: only those that have rows take memory.
    private readonly Dictionary<int, int> _numbers = [];
    private readonly KeptEmbeddings _kept = new(((VectorDataViewType)column.Type).Size, maximumValuesInMemory);
    private EmbeddingBlocks? _blocks;

    /// <summary>A function that takes the current row of a cursor, whose cluster it is given, and whose place in the data, both counted from 0.</summary>
    public Action<int, long> Adder(DataViewRow row)
    {
        var blocks = _blocks = new EmbeddingBlocks(row, column, AddBlock);
        return (cluster, place) =>
        {
            if (!_numbers.TryGetValue(cluster, out var number))
                number = _numbers.Count;
            if (!blocks.Add(number, place))
                return;
            _numbers.TryAdd(cluster, number);
            _sample.Offer(blocks.Last, number);
        };
    }

    /// <summary>The measures of the rows that were added.</summary>
    public EmbeddingFigures Finish()
    {
        _blocks?.Flush();
        var silhouette = _sample.Silhouette(_numbers.Count, out var means);
        return new EmbeddingFigures(
            column.Name, silhouette, DaviesBouldinIndex.Compute(_moments, _kept.ForEach), CalinskiHarabaszIndex.Compute(_moments), _sample.Count, _blocks?.LeftOut ?? 0)
        {
            ClusterSilhouettes = _numbers.Where(n => n.Value < means.Length).ToDictionary(n => n.Key, n => means[n.Value]),
        };
    }

    public void Dispose()
    {
        _moments.Dispose();
        _kept.Dispose();
    }

    private void AddBlock(Tensor values, Tensor clusters)
    {
        _moments.Add(values, clusters, _numbers.Count);
        _kept.Add(values, clusters);
    }
}
