namespace Microsoft.ML.Data;

/// <summary>A row whose values are those of one object after another.</summary>
internal sealed class ObjectRow<TRow>(ObjectColumns<TRow> columns) : DataViewRow
    where TRow : class
{
    private TRow _current;
    private long _position = -1;

    public override DataViewSchema Schema => columns.Schema;

    public override long Position => _position;

    public override long Batch => 0;

    public void MoveTo(TRow current)
    {
        ArgumentNullException.ThrowIfNull(current);
        _current = current;
        _position++;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter()
        => (ref DataViewRowId value) => value = new DataViewRowId((ulong)_position, 0);

    public override bool IsColumnActive(DataViewSchema.Column column) => true;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => columns.GetGetter<TValue>(column, () => _current);
}
