namespace Microsoft.ML.Data;

/// <summary>A row, or a cursor's rows, with some of the columns of another. Disposing it disposes its input.</summary>
internal sealed class SelectedRow(ColumnSelection selection, DataViewRow input, Func<bool> moveNext) : DataViewRowCursor
{
    private bool _disposed;

    public override DataViewSchema Schema => selection.OutputSchema;

    public override long Position => input.Position;

    public override long Batch => input.Batch;

    public override bool MoveNext() => moveNext();

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => input.IsColumnActive(Source(column));

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => input.GetGetter<TValue>(Source(column));

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
            input.Dispose();
        _disposed = true;
        base.Dispose(disposing);
    }

    private DataViewSchema.Column Source(DataViewSchema.Column column) => input.Schema[selection.SourceOf(column).Index];
}
