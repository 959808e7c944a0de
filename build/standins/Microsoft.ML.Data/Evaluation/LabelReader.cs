namespace Microsoft.ML.Data;

/// <summary>Reads a row's label as the 0-based number of its class. A missing label counts as class 0.</summary>
internal static class LabelReader
{
    public static bool Handles(DataViewType type) => type is KeyDataViewType || type.RawType == typeof(float);

    public static Func<int> Make(DataViewRow row, DataViewSchema.Column column)
        => column.Type is KeyDataViewType key
            ? Generic.Call<Func<int>>((Func<DataViewRow, DataViewSchema.Column, Func<int>>)OfKey<uint>, [key.RawType], row, column)
            : OfSingle(row, column);

    private static Func<int> OfSingle(DataViewRow row, DataViewSchema.Column column)
    {
        var get = row.GetGetter<float>(column);
        var value = 0f;
        return () =>
        {
            get(ref value);
            if (float.IsNaN(value))
                return 0;
            if (value < 0 || value != MathF.Floor(value) || value > int.MaxValue)
                throw new InvalidOperationException($"Invalid label: {value}. Labels must be whole numbers of 0 or above.");
            return (int)value;
        };
    }

    private static Func<int> OfKey<T>(DataViewRow row, DataViewSchema.Column column)
        where T : struct, IConvertible
    {
        var get = row.GetGetter<T>(column);
        var value = default(T);
        return () =>
        {
            get(ref value);
            return Math.Max((int)value.ToUInt64(null) - 1, 0);
        };
    }
}
