namespace Microsoft.ML.Data;

/// <summary>Hashes a column's value; the same value has the same hash in every process.</summary>
internal static class RowHash
{
    public static Func<ulong> Of(DataViewRow row, DataViewSchema.Column column)
        => column.Type is VectorDataViewType vector
            ? Generic.Call<Func<ulong>>(OfVector<float>, [vector.ItemType.RawType], row, column)
            : Generic.Call<Func<ulong>>(OfScalar<float>, [column.Type.RawType], row, column);

    private static Func<ulong> OfScalar<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<T>(column);
        var value = default(T);
        return () =>
        {
            getter(ref value);
            return Hash(value);
        };
    }

    private static Func<ulong> OfVector<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        var value = default(VBuffer<T>);
        return () =>
        {
            getter(ref value);
            return value.DenseValues().Aggregate(0UL, (hash, item) => Step(hash, Hash(item)));
        };
    }

    private static ulong Hash<T>(T value)
    {
        if (value is not ReadOnlyMemory<char> text)
            return (ulong)EqualityComparer<T>.Default.GetHashCode(value);
        var hash = 14695981039346656037UL;
        foreach (var character in text.Span)
            hash = Step(hash, character);
        return hash;
    }

    private static ulong Step(ulong hash, ulong value) => (hash ^ value) * 1099511628211UL;
}
