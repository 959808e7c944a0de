using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Data;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>Reads values as texts.</summary>
internal static class CellReader
{
    /// <summary>The most values of a row that are shown.</summary>
    public const int MaximumCells = 6;

    private const int MaximumCharacters = 60;
    private const string SlotNames = "SlotNames";

    private static readonly Dictionary<Type, Func<DataViewRow, DataViewSchema.Column, Func<string>>> Readers = new()
    {
        [typeof(float)] = Create<float>, [typeof(double)] = Create<double>, [typeof(bool)] = Create<bool>, [typeof(ReadOnlyMemory<char>)] = Create<ReadOnlyMemory<char>>,
        [typeof(byte)] = Create<byte>, [typeof(ushort)] = Create<ushort>, [typeof(uint)] = Create<uint>, [typeof(ulong)] = Create<ulong>,
        [typeof(sbyte)] = Create<sbyte>, [typeof(short)] = Create<short>, [typeof(int)] = Create<int>, [typeof(long)] = Create<long>,
        [typeof(DateTime)] = Create<DateTime>, [typeof(DateTimeOffset)] = Create<DateTimeOffset>, [typeof(TimeSpan)] = Create<TimeSpan>,
    };

    /// <summary>Whether a column has a single value a row that can be read.</summary>
    public static bool CanRead(DataViewType type) => type is not VectorDataViewType && Readers.ContainsKey(type.RawType);

    /// <summary>The names of the values of columns: their own, or those of the first slots of a vector of Single.</summary>
    public static IReadOnlyList<string> Names(IEnumerable<DataViewSchema.Column> columns) => columns.SelectMany(Names).Take(MaximumCells).ToArray();

    /// <summary>A function that reads the values of the current row.</summary>
    public static Func<IReadOnlyList<string>> Create(DataViewRow row, IReadOnlyList<DataViewSchema.Column> columns)
    {
        if (columns is [{ Type: VectorDataViewType } vector])
            return CreateOfVector(row, vector);
        var readers = columns.Select(column => column.Type is KeyDataViewType ? CreateOfKey(row, column) : Readers[column.Type.RawType](row, column)).ToArray();
        return () => Array.ConvertAll(readers, read => read());
    }

    private static IEnumerable<string> Names(DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType vector)
            return [column.Name];
        VBuffer<ReadOnlyMemory<char>> names = default;
        if (column.Annotations.Schema.GetColumnOrNull(SlotNames) is { Type: VectorDataViewType { ItemType: TextDataViewType } })
            column.GetSlotNames(ref names);
        var known = names.DenseValues().Take(MaximumCells).Select(name => name.ToString()).ToArray();
        return Enumerable.Range(0, Math.Min(vector.Size, MaximumCells)).Select(slot => slot < known.Length && known[slot] != "" ? known[slot] : $"{column.Name}[{slot}]");
    }

    private static Func<string> Create<T>(DataViewRow row, DataViewSchema.Column column)
        where T : notnull
    {
        var getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return value switch
            {
                float number => Number(number),
                double number => Number(number),
                _ => Plain.Shorten(LabelReader.TextOf(value), MaximumCharacters),
            };
        };
    }

    private static Func<string> CreateOfKey(DataViewRow row, DataViewSchema.Column column)
    {
        var (read, names) = (KeyReader.Create(row, column)!, KeyNames.Read(column));
        return () =>
        {
            var key = read();
            return key == 0 ? "" : Plain.Shorten(key <= (ulong)names.Count ? names[(int)key - 1] : LabelReader.TextOf(key), MaximumCharacters);
        };
    }

    private static Func<IReadOnlyList<string>> CreateOfVector(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<VBuffer<float>>(column);
        VBuffer<float> value = default;
        return () =>
        {
            getter(ref value);
            return value.Items(all: true).Take(MaximumCells).Select(item => Number(item.Value)).ToArray();
        };
    }

    private static string Number(double value) => double.IsFinite(value) ? Plain.Number(value) : LabelReader.TextOf(value);
}
