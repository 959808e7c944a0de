namespace Microsoft.ML.Data;

/// <summary>Which columns of a schema a cursor was asked for.</summary>
internal static class ActiveColumns
{
    public static bool[] Mask(DataViewSchema schema, IEnumerable<DataViewSchema.Column> columns)
    {
        var active = new bool[schema.Count];
        foreach (var column in columns ?? [])
        {
            Check(schema, column);
            active[column.Index] = true;
        }

        return active;
    }

    public static bool IsActive(this bool[] active, DataViewSchema schema, DataViewSchema.Column column)
    {
        Check(schema, column);
        return active[column.Index];
    }

    public static void Require(this bool[] active, DataViewSchema schema, DataViewSchema.Column column)
    {
        if (!active.IsActive(schema, column))
            throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' is not active in the cursor.");
    }

    public static ValueGetter<TValue> Cast<TValue>(Delegate getter, DataViewSchema.Column column)
        => getter as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Invalid TValue: '{typeof(TValue)}', expected type: '{column.Type.RawType}'.");

    private static void Check(DataViewSchema schema, DataViewSchema.Column column)
    {
        if (column.Index < 0 || column.Index >= schema.Count || schema[column.Index].Name != column.Name)
            throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' does not belong to this schema.");
    }
}
