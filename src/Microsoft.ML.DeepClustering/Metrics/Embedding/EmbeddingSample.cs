using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Metrics.Embedding;

/// <summary>A sample of embeddings from a stream, by <see cref="RowReservoir"/>: all of them while they are no more than its places.</summary>
internal sealed class EmbeddingSample(int capacity, int seed)
{
    private readonly RowReservoir _reservoir = new(capacity, seed);
    private readonly List<float[]> _rows = [];
    private readonly List<long> _clusters = [];

    /// <summary>The rows in the sample.</summary>
    public int Count => _rows.Count;

    /// <summary>Offers a row of the stream; its values are copied if it is drawn.</summary>
    public void Offer(ReadOnlySpan<float> values, long cluster)
    {
        var place = _reservoir.Offer();
        if (place == RowReservoir.NotDrawn)
            return;
        if (place == _rows.Count)
        {
            _rows.Add(values.ToArray());
            _clusters.Add(cluster);
            return;
        }

        values.CopyTo(_rows[place]);
        _clusters[place] = cluster;
    }

    /// <summary>The mean silhouette within the sample, and that of each cluster's rows in it.</summary>
    public double Silhouette(int numberOfClusters, out double[] means)
    {
        means = [];
        if (_rows.Count == 0)
            return double.NaN;
        using var session = TorchSession.WithoutGradients();
        var embeddings = zeros(new long[] { _rows.Count, _rows[0].Length }, dtype: ScalarType.Float32, device: CPU);
        for (var row = 0; row < _rows.Count; row++)
        {
            using var inner = NewDisposeScope();
            embeddings.narrow(0, row, 1).copy_(tensor(_rows[row], dtype: ScalarType.Float32, device: CPU));
        }

        return Embedding.Silhouette.Compute(embeddings, tensor(_clusters.ToArray(), dtype: ScalarType.Int64, device: CPU), numberOfClusters, out means);
    }
}
