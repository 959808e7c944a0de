namespace Microsoft.ML.DeepClustering.Tool.Input.Views;

/// <summary>Columns that are known only when the program runs, as data of ML.NET; the rows come in their order.</summary>
internal sealed class TableView : IDataView
{
    private readonly IReadOnlyList<ViewColumn> _columns;
    private readonly int _rows;

    public TableView(IReadOnlyList<ViewColumn> columns, int rows)
    {
        (_columns, _rows) = (columns, rows);
        var schema = new DataViewSchema.Builder();
        foreach (var column in columns)
            schema.AddColumn(column.Name, column.Type);
        Schema = schema.ToSchema();
    }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public long? GetRowCount() => _rows;

    /// <summary>Some of the rows.</summary>
    public TableView Select(int[] rows) => new([.. _columns.Select(c => c.Select(rows))], rows.Length);

    /// <summary>The same rows with further columns.</summary>
    public TableView With(IEnumerable<ViewColumn> further) => new([.. _columns, .. further], _rows);

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        => new TableCursor(Schema, _columns, columnsNeeded.Select(c => c.Index).ToHashSet(), _rows);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];
}
