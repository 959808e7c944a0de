using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Metrics.Embedding;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>The rows that are mapped, drawn of a stream.</summary>
internal sealed class MapSample
{
    // 128 MiB.
    private const long MaximumValues = 32 << 20;

    private readonly RowReservoir _reservoir;
    private readonly List<Drawn> _rows = [];

    /// <param name="size">The values of a row.</param>
    /// <param name="maximumRows">The most rows, 0 or more.</param>
    /// <param name="seed">The seed of the draw.</param>
    public MapSample(int size, int maximumRows, int seed)
    {
        Capacity = (int)Math.Min(maximumRows, Math.Max(1, MaximumValues / Math.Max(1, size)));
        _reservoir = new RowReservoir(Capacity, seed);
    }

    /// <summary>The most rows that are drawn.</summary>
    public int Capacity { get; }

    /// <summary>The rows that were offered.</summary>
    public long Offered { get; private set; }

    /// <summary>The rows drawn, in the order of the data.</summary>
    public IEnumerable<(float[] Values, int Cluster, int Class)> Rows => _rows.OrderBy(r => r.Row).Select(r => (r.Values, r.Cluster, r.Class));

    /// <summary>Offers the current row; its values are read only if it is drawn.</summary>
    /// <param name="row">Its place in the data.</param>
    /// <param name="cluster">Its cluster, from 1.</param>
    /// <param name="label">The number of its class; -1 for none.</param>
    /// <param name="read">Reads its values.</param>
    public void Offer(long row, int cluster, int label, Func<float[]> read)
    {
        Offered++;
        var place = _reservoir.Offer();
        if (place == RowReservoir.NotDrawn)
            return;
        var drawn = new Drawn(row, read(), cluster, label);
        if (place == _rows.Count)
            _rows.Add(drawn);
        else
            _rows[place] = drawn;
    }

    /// <summary>A function that reads a vector of the current row.</summary>
    public static Func<float[]> Reader(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<VBuffer<float>>(column);
        var size = ((VectorDataViewType)column.Type).Size;
        VBuffer<float> value = default;
        return () =>
        {
            getter(ref value);
            if (value.Length != size)
                throw new InvalidOperationException($"Row {row.Position} (counted from 0) of column '{column.Name}' has {value.Length} values, but the column's type says {size}; make all rows as long as the type says.");
            return value.DenseValues().ToArray();
        };
    }

    private readonly record struct Drawn(long Row, float[] Values, int Cluster, int Class);
}
