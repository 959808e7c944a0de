namespace Microsoft.ML;

/// <summary>Rows of a schema's columns, read by any number of cursors.</summary>
public interface IDataView
{
    DataViewSchema Schema { get; }

    bool CanShuffle { get; }

    long? GetRowCount();

    DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null);

    DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null);
}
