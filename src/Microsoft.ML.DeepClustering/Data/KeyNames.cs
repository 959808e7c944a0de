using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Data;

/// <summary>The values that a key column's annotation gives for its keys, as text.</summary>
internal static class KeyNames
{
    private const string Annotation = "KeyValues";

    // Every type of value that ML.NET has, named one by one: a trimmed program has no generic methods made at run time.
    private static readonly Dictionary<Type, Func<DataViewSchema.Column, string[]>> Readers = new()
    {
        [typeof(ReadOnlyMemory<char>)] = Read<ReadOnlyMemory<char>>,
        [typeof(bool)] = Read<bool>,
        [typeof(sbyte)] = Read<sbyte>,
        [typeof(byte)] = Read<byte>,
        [typeof(short)] = Read<short>,
        [typeof(ushort)] = Read<ushort>,
        [typeof(int)] = Read<int>,
        [typeof(uint)] = Read<uint>,
        [typeof(long)] = Read<long>,
        [typeof(ulong)] = Read<ulong>,
        [typeof(float)] = Read<float>,
        [typeof(double)] = Read<double>,
        [typeof(DateTime)] = Read<DateTime>,
        [typeof(DateTimeOffset)] = Read<DateTimeOffset>,
        [typeof(TimeSpan)] = Read<TimeSpan>,
        [typeof(DataViewRowId)] = Read<DataViewRowId>,
    };

    /// <summary>The value of key 1 first; empty without the annotation, or when its values are of a type that ML.NET does not know.</summary>
    public static IReadOnlyList<string> Read(DataViewSchema.Column column)
        => column.Annotations.Schema.GetColumnOrNull(Annotation)?.Type is VectorDataViewType values && Readers.TryGetValue(values.ItemType.RawType, out var read)
            ? read(column)
            : [];

    private static string[] Read<T>(DataViewSchema.Column column)
        where T : notnull
    {
        VBuffer<T> values = default;
        column.GetKeyValues(ref values);
        return values.DenseValues().Select(v => LabelReader.TextOf(v)).ToArray();
    }
}
