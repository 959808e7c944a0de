namespace Microsoft.ML.Data;

/// <summary>A cursor over rows that lie in memory.</summary>
internal sealed class CacheCursor(DataViewSchema schema, ColumnCache[] columns, ColumnCache ids, bool[] active, RowOrder order) : DataViewRowCursor
{
    private long _position = -1;
    private bool _ended;

    public override DataViewSchema Schema => schema;

    public override long Position => _position;

    public override long Batch => 0;

    public override bool MoveNext()
    {
        if (_ended || _position + 1 >= order.Count)
        {
            _ended = true;
            return false;
        }

        _position++;
        return true;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ValueGetter<DataViewRowId>)ids.MakeGetter(CurrentRow);

    public override bool IsColumnActive(DataViewSchema.Column column) => active.IsActive(schema, column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        active.Require(schema, column);
        return ActiveColumns.Cast<TValue>(columns[column.Index].MakeGetter(CurrentRow), column);
    }

    protected override void Dispose(bool disposing)
    {
        _ended = true;
        base.Dispose(disposing);
    }

    private int CurrentRow()
    {
        if (_position < 0 || _ended)
            throw new InvalidOperationException("The cursor is not on a row: call MoveNext first.");
        return order.RowAt(_position);
    }
}
