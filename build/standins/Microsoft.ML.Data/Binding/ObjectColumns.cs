namespace Microsoft.ML.Data;

/// <summary>A user's class as columns that are read from its objects.</summary>
internal sealed class ObjectColumns<TRow>
{
    private readonly MemberBinding<TRow>[] _bindings;

    public ObjectColumns(SchemaDefinition definition)
    {
        var builder = new DataViewSchema.Builder();
        foreach (var column in definition)
            builder.AddColumn(column.ColumnName, column.ColumnType, column.Annotations);
        Schema = builder.ToSchema();
        _bindings = definition.Select(column => MemberBinding<TRow>.Of(column.MemberName, column.ColumnType, column.ColumnName)).ToArray();
    }

    public DataViewSchema Schema { get; }

    public ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column, Func<TRow> current)
        => ActiveColumns.Cast<TValue>(_bindings[column.Index].MakeGetter(current), column);
}
