namespace Microsoft.ML.Data;

/// <summary>A new column: its description, the input columns that it is computed from, and how to make its getter for a row.</summary>
internal sealed class AddedColumn(string name, DataViewType type, DataViewSchema.Annotations annotations,
    int[] sources, Func<DataViewRow, Delegate> makeGetter)
{
    public string Name { get; } = name;

    public DataViewType Type { get; } = type;

    public DataViewSchema.Annotations Annotations { get; } = annotations;

    /// <summary>Indices into the input schema.</summary>
    public int[] Sources { get; } = sources;

    public Delegate MakeGetter(DataViewRow input) => makeGetter(input);
}
