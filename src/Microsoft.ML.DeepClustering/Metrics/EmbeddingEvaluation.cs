#nullable disable
using Microsoft.ML.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Metrics;

/// <summary>
/// The measures of a column of embeddings in a stream. The index of Davies and Bouldin needs the final means, so it takes a second pass:
/// over the blocks if all could be kept, which spares scoring the data again, else over the data.
/// </summary>
internal sealed class EmbeddingEvaluation(DataViewSchema.Column column, DeepClusteringEvaluationOptions options, long mostValuesKept) : IDisposable
{
    /// <summary>The most values kept: 64 MiB.</summary>
    public const long DefaultMostValuesKept = 16 << 20;

    private readonly ClusterMoments _moments = new();
    private readonly EmbeddingSample _sample = new(options.SilhouetteRowCount, options.Seed);
    // Clusters in the order in which they come: only those that have rows take memory.
    private readonly Dictionary<int, int> _numbers = [];
    private EmbeddingBlocks _blocks;
    private List<(Tensor Values, Tensor Clusters)> _kept = [];
    private long _valuesKept;

    /// <summary>A function that takes the current row of a cursor, whose cluster it is given, counted from 0.</summary>
    public Action<int> FirstPass(DataViewRow row)
    {
        _blocks = new EmbeddingBlocks(row, column, AddToMoments);
        return cluster =>
        {
            if (!_numbers.TryGetValue(cluster, out var number))
                number = _numbers.Count;
            if (!_blocks.Add(number))
                return;
            _numbers.TryAdd(cluster, number);
            _sample.Offer(_blocks.Last, number);
        };
    }

    /// <summary>The measures of the rows of the first pass.</summary>
    /// <param name="data">The data that the first pass read.</param>
    /// <param name="predicted">Their column of predicted clusters.</param>
    public EmbeddingFigures Finish(IDataView data, DataViewSchema.Column predicted)
    {
        _blocks.Flush();
        return new EmbeddingFigures(
            column.Name, _sample.Silhouette(_numbers.Count), DaviesBouldin(data, predicted), _moments.CalinskiHarabasz(), _sample.Count, _blocks.LeftOut);
    }

    public void Dispose()
    {
        _moments.Dispose();
        DropKept();
    }

    private void AddToMoments(Tensor values, Tensor clusters)
    {
        _moments.Add(values, clusters, _numbers.Count);
        _valuesKept += values.NumberOfElements;
        if (_valuesKept > mostValuesKept)
            DropKept();
        else
            _kept.Add((values.DetachFromDisposeScope(), clusters.DetachFromDisposeScope()));
    }

    private double DaviesBouldin(IDataView data, DataViewSchema.Column predicted)
    {
        if (!_moments.AreDefined)
            return double.NaN;
        using var spread = new ClusterSpread(_moments);
        if (_kept is null)
            ReadAgain(data, predicted, spread.Add);
        else
            _kept.ForEach(block => spread.Add(block.Values, block.Clusters));
        return spread.DaviesBouldin();
    }

    private void ReadAgain(IDataView data, DataViewSchema.Column predicted, Action<Tensor, Tensor> consume)
    {
        using var cursor = data.GetRowCursor([predicted, column]);
        var readCluster = ClusterReader.Create(cursor, predicted);
        var blocks = new EmbeddingBlocks(cursor, column, consume);
        while (cursor.MoveNext())
        {
            var key = readCluster();
            if (key == 0)
                continue;
            // A cluster of which no embedding is finite has no number.
            var known = _numbers.TryGetValue((int)key - 1, out var number);
            if (blocks.Add(number) && !known)
                throw Changed();
        }

        blocks.Flush();
        if (blocks.Count != _blocks.Count)
            throw Changed();
    }

    private InvalidOperationException Changed() => new(
        $"The data changed between two readings: their clusters or the number of their rows are not the same in column '{column.Name}'. Cache the data, or give random steps a seed.");

    private void DropKept()
    {
        _kept?.ForEach(block =>
        {
            block.Values.Dispose();
            block.Clusters.Dispose();
        });
        _kept = null;
    }
}
