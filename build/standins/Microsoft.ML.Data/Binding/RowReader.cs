namespace Microsoft.ML.Data;

/// <summary>Reads the columns of a schema into objects of a user's class.</summary>
internal sealed class RowReader<TRow>
    where TRow : class, new()
{
    private readonly List<(MemberBinding<TRow> Binding, DataViewSchema.Column Column)> _bindings = [];

    public RowReader(DataViewSchema schema, bool ignoreMissingColumns, SchemaDefinition definition)
    {
        foreach (var column in definition ?? SchemaDefinition.Create(typeof(TRow), SchemaDefinition.Direction.Write))
        {
            if (schema.GetColumnOrNull(column.ColumnName) is { } found)
                _bindings.Add((MemberBinding<TRow>.Of(column.MemberName, found.Type, found.Name), found));
            else if (!ignoreMissingColumns)
                throw new InvalidOperationException($"Column '{column.ColumnName}' not found in the data view");
        }
    }

    public IEnumerable<DataViewSchema.Column> Columns => _bindings.Select(binding => binding.Column);

    public Action<TRow> Start(DataViewRow row)
    {
        var setters = _bindings.Select(binding => binding.Binding.MakeSetter(row, binding.Column)).ToArray();
        return target =>
        {
            foreach (var setter in setters)
                setter(target);
        };
    }

    public IEnumerable<TRow> ReadAll(IDataView data, bool reuseRowObject)
    {
        using var cursor = data.GetRowCursor(Columns);
        var read = Start(cursor);
        var row = new TRow();
        while (cursor.MoveNext())
        {
            if (!reuseRowObject)
                row = new TRow();
            read(row);
            yield return row;
        }
    }
}
