using Microsoft.ML.Data;

namespace Samples.Tests.Reporting.Clusters;

/// <summary>A source that can be read once, and not at all after that.</summary>
internal sealed class OnceView(IDataView source) : IDataView
{
    private bool _isRead;

    /// <summary>Gives the rows in an order of its own.</summary>
    public Random? Order { get; init; }

    public DataViewSchema Schema => source.Schema;

    public bool CanShuffle => false;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        if (_isRead)
            throw new NotSupportedException("The source is read a second time.");
        _isRead = true;
        return source.GetRowCursor(columnsNeeded, Order);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded)];
}
