namespace Microsoft.ML.Data;

/// <summary>Columns added to those of an input schema: the input's stand first, under their own indices.</summary>
internal class RowMapping
{
    public RowMapping(DataViewSchema inputSchema, IReadOnlyList<AddedColumn> added)
    {
        InputSchema = inputSchema;
        Added = added;
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(inputSchema);
        foreach (var column in added)
            builder.AddColumn(column.Name, column.Type, column.Annotations);
        OutputSchema = builder.ToSchema();
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    public IReadOnlyList<AddedColumn> Added { get; }

    /// <summary>Which columns of the output schema are asked for.</summary>
    public bool[] Activate(IEnumerable<DataViewSchema.Column> columns)
    {
        var active = new bool[OutputSchema.Count];
        foreach (var column in columns)
        {
            if (column.Index >= active.Length || OutputSchema[column.Index].Name != column.Name)
                throw new ArgumentException($"Column '{column.Name}' is not one of this data's.", nameof(columns));
            active[column.Index] = true;
        }

        return active;
    }

    /// <summary>The input columns that the active output columns need.</summary>
    public IEnumerable<DataViewSchema.Column> Dependencies(bool[] active)
    {
        var needed = active[..InputSchema.Count];
        for (var i = 0; i < Added.Count; i++)
        {
            if (!active[InputSchema.Count + i])
                continue;
            foreach (var source in Added[i].Sources)
                needed[source] = true;
        }

        return InputSchema.Where(column => needed[column.Index]);
    }

    /// <summary>The getters of the active new columns; null for the others.</summary>
    public virtual Delegate[] MakeGetters(DataViewRow input, bool[] active)
    {
        var getters = new Delegate[Added.Count];
        for (var i = 0; i < getters.Length; i++)
        {
            if (active[InputSchema.Count + i])
                getters[i] = Added[i].MakeGetter(input);
        }

        return getters;
    }
}
