namespace Microsoft.ML.Data;

/// <summary>Data with some of the columns of other data.</summary>
internal sealed class SelectedDataView(IDataView source, ColumnSelection selection) : IDataView
{
    public DataViewSchema Schema => selection.OutputSchema;

    public bool CanShuffle => source.CanShuffle;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
        => Select(source.GetRowCursor(selection.GetDependencies(columnsNeeded), rand));

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
        => Array.ConvertAll(source.GetRowCursorSet(selection.GetDependencies(columnsNeeded), n, rand), Select);

    private DataViewRowCursor Select(DataViewRowCursor cursor) => new SelectedRow(selection, cursor, cursor.MoveNext);
}
