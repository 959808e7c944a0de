using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Scoring;

/// <summary>The rows of an input cursor under the output schema, when no new column is asked for: nothing is scored.</summary>
internal sealed class PassThroughCursor(ScoringMapper mapper, IReadOnlyList<DataViewSchema.Column> active, DataViewRowCursor input) : DataViewRowCursor
{
    private readonly HashSet<int> _active = active.Select(c => c.Index).ToHashSet();
    private bool _disposed;

    public override DataViewSchema Schema => mapper.OutputSchema;

    public override long Position => input.Position;

    public override long Batch => input.Batch;

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => IsColumnActive(column)
        ? input.GetGetter<TValue>(mapper.InputSchema[column.Index])
        : throw new InvalidOperationException($"The column '{column.Name}' is not active in this cursor.");

    public override bool MoveNext() => !_disposed && input.MoveNext();

    protected override void Dispose(bool disposing)
    {
        _disposed = true;
        if (disposing)
            input.Dispose();
        base.Dispose(disposing);
    }
}
