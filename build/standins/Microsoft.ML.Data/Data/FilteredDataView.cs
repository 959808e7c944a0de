namespace Microsoft.ML.Data;

/// <summary>Says of the row that a cursor stands on whether it is kept; asked once a row, in order.</summary>
internal delegate bool RowPredicate();

/// <summary>Some of the rows of a view.</summary>
/// <param name="filterColumns">The columns that the predicate reads.</param>
/// <param name="makePredicate">Makes the predicate of a cursor.</param>
/// <param name="canShuffle">Whether the predicate is the same in any order of the rows.</param>
internal sealed class FilteredDataView(
    IDataView input,
    IReadOnlyList<DataViewSchema.Column> filterColumns,
    Func<DataViewRow, RowPredicate> makePredicate,
    bool canShuffle) : IDataView
{
    public DataViewSchema Schema => input.Schema;

    public bool CanShuffle => canShuffle && input.CanShuffle;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var active = ActiveColumns.Mask(Schema, columnsNeeded);
        var needed = Schema.Where(column => active[column.Index]).Union(filterColumns);
        var cursor = input.GetRowCursor(needed, CanShuffle ? rand : null);
        return new Cursor(cursor, active, makePredicate(cursor));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(DataViewRowCursor input, bool[] active, RowPredicate predicate) : PassThroughCursor(input, active)
    {
        protected override bool MoveInput()
        {
            while (Input.MoveNext())
            {
                if (predicate())
                    return true;
            }

            return false;
        }
    }
}
