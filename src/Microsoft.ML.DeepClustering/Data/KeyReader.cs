using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Data;

/// <summary>Reads a key column as 64-bit numbers: 1..k, 0 for a missing value.</summary>
internal static class KeyReader
{
    /// <summary>A function that returns the key of the current row, or null if the column is no key.</summary>
    /// <param name="row">The cursor that will move over the rows.</param>
    /// <param name="column">An active column of it.</param>
    public static Func<ulong>? Create(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is not KeyDataViewType key)
            return null;
        if (key.RawType == typeof(byte))
            return Of<byte>(row, column, v => v);
        if (key.RawType == typeof(ushort))
            return Of<ushort>(row, column, v => v);
        if (key.RawType == typeof(uint))
            return Of<uint>(row, column, v => v);
        return Of<ulong>(row, column, v => v);
    }

    private static Func<ulong> Of<T>(DataViewRow row, DataViewSchema.Column column, Func<T, ulong> widen)
    {
        var getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return widen(value);
        };
    }
}
