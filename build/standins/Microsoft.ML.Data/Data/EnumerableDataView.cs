namespace Microsoft.ML.Data;

/// <summary>Objects as rows. Those of a list can be shuffled and counted.</summary>
internal sealed class EnumerableDataView<TRow>(IEnumerable<TRow> data, SchemaDefinition definition) : IDataView
    where TRow : class
{
    private readonly ObjectColumns<TRow> _columns = new(definition);
    private readonly IList<TRow> _list = data as IList<TRow>;

    public DataViewSchema Schema => _columns.Schema;

    public bool CanShuffle => _list != null;

    public long? GetRowCount() => _list?.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var active = ActiveColumns.Mask(Schema, columnsNeeded);
        return new Cursor(_columns, active, _list == null ? InOrder() : InOrder(RowOrder.Of(_list.Count, rand)));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    private IEnumerator<(long Index, TRow Row)> InOrder()
    {
        var index = 0L;
        foreach (var row in data)
            yield return (index++, row);
    }

    private IEnumerator<(long Index, TRow Row)> InOrder(RowOrder order)
    {
        for (var i = 0; i < order.Count; i++)
            yield return (order.RowAt(i), _list[order.RowAt(i)]);
    }

    private sealed class Cursor(ObjectColumns<TRow> columns, bool[] active, IEnumerator<(long Index, TRow Row)> rows) : DataViewRowCursor
    {
        private long _position = -1;
        private bool _onRow;

        public override DataViewSchema Schema => columns.Schema;

        public override long Position => _position;

        public override long Batch => 0;

        public override bool MoveNext()
        {
            _onRow = rows.MoveNext();
            if (!_onRow)
                return false;
            if (rows.Current.Row == null)
                throw new InvalidOperationException("Encountered null when iterating over data, this is not supported.");
            _position++;
            return true;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter()
            => (ref DataViewRowId value) => value = new DataViewRowId((ulong)Current().Index, 0);

        public override bool IsColumnActive(DataViewSchema.Column column) => active.IsActive(Schema, column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            active.Require(Schema, column);
            return columns.GetGetter<TValue>(column, () => Current().Row);
        }

        protected override void Dispose(bool disposing)
        {
            _onRow = false;
            rows.Dispose();
            base.Dispose(disposing);
        }

        private (long Index, TRow Row) Current()
            => _onRow ? rows.Current : throw new InvalidOperationException("The cursor is not on a row: call MoveNext first.");
    }
}
