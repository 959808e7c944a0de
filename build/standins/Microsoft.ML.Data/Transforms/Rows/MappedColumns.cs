namespace Microsoft.ML.Data;

/// <summary>What a mapped row and a mapped cursor share: the columns of the input row and the new ones.</summary>
internal sealed class MappedColumns(RowMapping mapping, DataViewRow input, bool[] active)
{
    private readonly Delegate[] _getters = mapping.MakeGetters(input, active);

    public DataViewSchema Schema => mapping.OutputSchema;

    public bool IsActive(DataViewSchema.Column column)
        => column.Index < active.Length
            ? active[column.Index]
            : throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' is not one of this row's.");

    public ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsActive(column))
            throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' was not asked for when this row was made.");
        if (column.Index < mapping.InputSchema.Count)
            return input.GetGetter<TValue>(input.Schema[column.Index]);
        return _getters[column.Index - mapping.InputSchema.Count] as ValueGetter<TValue>
            ?? throw new InvalidOperationException(
                $"Invalid TValue: '{typeof(TValue)}', column '{column.Name}' has values of type '{Schema[column.Index].Type.RawType}'.");
    }
}
