namespace Microsoft.ML.Data;

/// <summary>One row with the new columns. Disposing it disposes its input.</summary>
internal sealed class MappedRow(RowMapping mapping, DataViewRow input, bool[] active) : DataViewRow
{
    private readonly MappedColumns _columns = new(mapping, input, active);
    private bool _disposed;

    public override DataViewSchema Schema => _columns.Schema;

    public override long Position => input.Position;

    public override long Batch => input.Batch;

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => _columns.IsActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _columns.GetGetter<TValue>(column);

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
            input.Dispose();
        _disposed = true;
        base.Dispose(disposing);
    }
}
