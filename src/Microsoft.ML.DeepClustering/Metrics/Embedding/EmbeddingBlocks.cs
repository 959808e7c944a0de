using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Metrics.Embedding;

/// <summary>Gathers rows of a column of embeddings into blocks of some thousand and hands each block on as tensors.</summary>
internal sealed class EmbeddingBlocks
{
    // 4 MiB.
    private const int ValuesPerBlock = 1 << 20;
    private const int MaximumRows = 4096;

    private readonly string _column;
    private readonly int _size;
    private readonly ValueGetter<VBuffer<float>> _getter;
    private readonly Action<Tensor, Tensor> _consume;
    private readonly float[] _values;
    private readonly long[] _clusters;
    private VBuffer<float> _row;
    private int _rows;

    /// <param name="row">The cursor that moves over the rows.</param>
    /// <param name="column">An active column of it, a vector of known size of Single.</param>
    /// <param name="consume">Takes a block: (n, p) values of Float32 and (n) clusters of Int64. Their scope ends when it returns.</param>
    public EmbeddingBlocks(DataViewRow row, DataViewSchema.Column column, Action<Tensor, Tensor> consume)
    {
        (_column, _size, _consume) = (column.Name, ((VectorDataViewType)column.Type).Size, consume);
        _getter = row.GetGetter<VBuffer<float>>(column);
        var capacity = Math.Clamp(ValuesPerBlock / _size, 1, MaximumRows);
        _values = new float[(long)capacity * _size];
        _clusters = new long[capacity];
    }

    /// <summary>Rows added.</summary>
    public long Count { get; private set; }

    /// <summary>Rows left out since they hold a value that is not finite.</summary>
    public long LeftOut { get; private set; }

    /// <summary>The values of the row added last, until the next is.</summary>
    public ReadOnlySpan<float> Last => _values.AsSpan((_rows - 1) * _size, _size);

    /// <summary>Adds the current row to a cluster, and says whether it was: not if it holds a value that is not finite.</summary>
    /// <param name="cluster">The cluster's number.</param>
    /// <param name="row">The row's place in the data, from 0, for errors.</param>
    public bool Add(long cluster, long row)
    {
        if (_rows == _clusters.Length)
            Flush();
        var target = _values.AsSpan(_rows * _size, _size);
        _getter(ref _row);
        FeatureColumn.Copy(_row, target, _column, row);
        foreach (var value in target)
        {
            if (float.IsFinite(value))
                continue;
            LeftOut++;
            return false;
        }

        _clusters[_rows++] = cluster;
        Count++;
        return true;
    }

    /// <summary>Hands on the rows of the block that is not full yet.</summary>
    public void Flush()
    {
        if (_rows == 0)
            return;
        using var session = TorchSession.WithoutGradients();
        var values = tensor(_values, new long[] { _clusters.Length, _size }, dtype: ScalarType.Float32, device: CPU);
        _consume(values.narrow(0, 0, _rows), tensor(_clusters, dtype: ScalarType.Int64, device: CPU).narrow(0, 0, _rows));
        _rows = 0;
    }
}
