using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>The cursor of an <see cref="ObservedView"/>.</summary>
internal sealed class ObservedCursor : DataViewRowCursor
{
    private readonly DataViewRowCursor _source;
    private readonly ReportColumns _columns;
    private readonly Action _observe;

    public ObservedCursor(DataViewRowCursor source, DataViewSchema schema, ReportColumns columns, Func<DataViewRow, Action> attach)
    {
        (_source, Schema, _columns) = (source, schema, columns);
        try
        {
            _observe = attach(this);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    public override long Position => _source.Position;

    public override long Batch => _source.Batch;

    public override DataViewSchema Schema { get; }

    public override bool MoveNext()
    {
        if (!_source.MoveNext())
            return false;
        _observe();
        return true;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => IsAdded(column) || _source.IsColumnActive(_source.Schema[column.Index]);

    public override ValueGetter<DataViewRowId> GetIdGetter() => _source.GetIdGetter();

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsAdded(column))
            return _source.GetGetter<TValue>(_source.Schema[column.Index]);
        return LowestScore() as ValueGetter<TValue> ?? throw new InvalidOperationException($"Column '{column.Name}' has values of UInt32, not of {typeof(TValue).Name}.");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _source.Dispose();
        base.Dispose(disposing);
    }

    private bool IsAdded(DataViewSchema.Column column) => column.Index >= _source.Schema.Count;

    // Of several lowest the first; 0, a missing prediction, where all are NaN.
    private ValueGetter<uint> LowestScore()
    {
        var getter = _source.GetGetter<VBuffer<float>>(_columns.Score!.Value);
        VBuffer<float> scores = default;
        return (ref uint cluster) =>
        {
            getter(ref scores);
            var lowest = float.PositiveInfinity;
            cluster = 0;
            foreach (var (slot, score) in scores.Items(all: true))
            {
                if (!(score < lowest) && !(cluster == 0 && float.IsPositiveInfinity(score)))
                    continue;
                (lowest, cluster) = (score, (uint)slot + 1);
            }
        };
    }
}
