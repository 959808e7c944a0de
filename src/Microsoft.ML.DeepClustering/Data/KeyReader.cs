using System.Numerics;
using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Data;

/// <summary>
/// Reads predicted clusters as 64-bit numbers: 1..k, 0 for a missing value. They are keys, or plain whole numbers as a key is read back into a
/// member of a class, which count from 1 too.
/// </summary>
internal static class KeyReader
{
    private static readonly Dictionary<Type, Func<DataViewRow, DataViewSchema.Column, Func<ulong>>> Readers = new()
    {
        [typeof(byte)] = Create<byte>, [typeof(ushort)] = Create<ushort>, [typeof(uint)] = Create<uint>, [typeof(ulong)] = Create<ulong>,
        [typeof(sbyte)] = Create<sbyte>, [typeof(short)] = Create<short>, [typeof(int)] = Create<int>, [typeof(long)] = Create<long>,
    };

    /// <summary>Whether the type is a key or a single whole number.</summary>
    public static bool CanRead(DataViewType type) => type is KeyDataViewType || (type is NumberDataViewType && Readers.ContainsKey(type.RawType));

    /// <summary>A function that returns the cluster of the current row, or null if the column has none.</summary>
    /// <param name="row">The cursor that will move over the rows.</param>
    /// <param name="column">An active column of it.</param>
    public static Func<ulong>? Create(DataViewRow row, DataViewSchema.Column column)
        => CanRead(column.Type) ? Readers[column.Type.RawType](row, column) : null;

    private static Func<ulong> Create<T>(DataViewRow row, DataViewSchema.Column column)
        where T : IBinaryInteger<T>
    {
        var getter = row.GetGetter<T>(column);
        var value = T.Zero;
        return () =>
        {
            getter(ref value);
            return T.IsNegative(value)
                ? throw new InvalidOperationException($"Row {row.Position} of column '{column.Name}' has the number {value}; clusters count from 1, and 0 is a missing one. Name the column of predicted clusters.")
                : ulong.CreateChecked(value);
        };
    }
}
