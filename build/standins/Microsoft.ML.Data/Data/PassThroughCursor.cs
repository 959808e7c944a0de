namespace Microsoft.ML.Data;

/// <summary>A cursor with the rows of another of the same schema, or some of them. Disposing it disposes the other.</summary>
internal abstract class PassThroughCursor(DataViewRowCursor input, bool[] active) : DataViewRowCursor
{
    private long _position = -1;
    private bool _disposed;

    public override DataViewSchema Schema => Input.Schema;

    public override long Position => _position;

    public override long Batch => Input.Batch;

    protected DataViewRowCursor Input => input;

    public override bool MoveNext()
    {
        if (_disposed || !MoveInput())
            return false;
        _position++;
        return true;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => Input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => active.IsActive(Schema, column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        active.Require(Schema, column);
        return Input.GetGetter<TValue>(column);
    }

    protected abstract bool MoveInput();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
            Input.Dispose();
        _disposed = true;
        base.Dispose(disposing);
    }
}
