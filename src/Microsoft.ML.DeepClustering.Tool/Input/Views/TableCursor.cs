using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Tool.Input.Views;

/// <summary>Walks through the rows of a <see cref="TableView"/>.</summary>
internal sealed class TableCursor(DataViewSchema schema, IReadOnlyList<ViewColumn> columns, HashSet<int> active, int rows) : DataViewRowCursor
{
    private int _row = -1;

    public override DataViewSchema Schema => schema;

    public override long Position => _row;

    public override long Batch => 0;

    public override bool MoveNext()
    {
        if (_row + 1 >= rows)
        {
            _row = -1;
            return false;
        }

        _row++;
        return true;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        => IsColumnActive(column)
            ? (ValueGetter<TValue>)columns[column.Index].Getter(() => _row)
            : throw new InvalidOperationException($"The column {column.Name} was not asked for.");

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new((ulong)_row, 0);
}
