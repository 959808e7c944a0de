namespace Microsoft.ML.Data;

/// <summary>The rows of a view from one place on, up to a number of them.</summary>
internal sealed class SkipTakeDataView(IDataView source, long skip, long take) : IDataView
{
    public DataViewSchema Schema => source.Schema;

    public bool CanShuffle => false;

    public long? GetRowCount()
        => take == 0 ? 0 : source.GetRowCount() is { } count ? Math.Min(Math.Max(count - skip, 0), take) : null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var active = ActiveColumns.Mask(Schema, columnsNeeded);
        return new Cursor(source.GetRowCursor(Schema.Where(column => active[column.Index])), active, skip, take);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(DataViewRowCursor input, bool[] active, long skip, long take) : PassThroughCursor(input, active)
    {
        private long _toSkip = skip;
        private long _left = take;

        protected override bool MoveInput()
        {
            if (_left == 0)
                return false;
            for (; _toSkip > 0; _toSkip--)
            {
                if (!Input.MoveNext())
                    return false;
            }

            _left--;
            return Input.MoveNext();
        }
    }
}
