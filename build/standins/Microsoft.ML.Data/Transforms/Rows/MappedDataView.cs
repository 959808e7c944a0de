namespace Microsoft.ML.Data;

/// <summary>Data with new columns that are computed when a cursor reads them.</summary>
internal sealed class MappedDataView(IDataView source, RowMapping mapping) : IDataView
{
    public DataViewSchema Schema => mapping.OutputSchema;

    public bool CanShuffle => source.CanShuffle;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var active = mapping.Activate(columnsNeeded);
        return new MappedCursor(mapping, source.GetRowCursor(mapping.Dependencies(active), rand), active);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        var active = mapping.Activate(columnsNeeded);
        var cursors = source.GetRowCursorSet(mapping.Dependencies(active), n, rand);
        return Array.ConvertAll(cursors, cursor => (DataViewRowCursor)new MappedCursor(mapping, cursor, active));
    }
}
