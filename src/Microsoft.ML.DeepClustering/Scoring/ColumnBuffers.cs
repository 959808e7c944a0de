using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Scoring;

/// <summary>Creates buffers for columns of ML.NET's own types.</summary>
internal static class ColumnBuffers
{
    /// <summary>
    /// Whether copies of a column's values can be kept. Images and other objects that a program adds to ML.NET cannot be: their getter may reuse or dispose
    /// the value of the row before.
    /// </summary>
    public static bool CanCopy(DataViewType type) => ItemOf(type) is NumberDataViewType or BooleanDataViewType or TextDataViewType or KeyDataViewType
        or DateTimeDataViewType or DateTimeOffsetDataViewType or TimeSpanDataViewType or RowIdDataViewType;

    /// <summary>Creates an empty buffer.</summary>
    /// <param name="input">Moves over the rows.</param>
    /// <param name="column">An active column of it, whose values can be copied.</param>
    public static BufferedColumn Create(DataViewRow input, DataViewSchema.Column column)
    {
        if (ItemOf(column.Type) is not TextDataViewType)
            return CreateForStruct(input, column);
        if (column.Type is not VectorDataViewType)
            return new BufferedTexts(input.GetGetter<ReadOnlyMemory<char>>(column));
        return new BufferedVectors<ReadOnlyMemory<char>>(input.GetGetter<VBuffer<ReadOnlyMemory<char>>>(column), new TextCopies().Copy);
    }

    private static DataViewType ItemOf(DataViewType type) => type is VectorDataViewType vector ? vector.ItemType : type;

    // One line a type, and no reflection: a trimmed program must find them.
    private static BufferedColumn CreateForStruct(DataViewRow input, DataViewSchema.Column column) => ItemOf(column.Type).RawType switch
    {
        var raw when raw == typeof(float) => Create<float>(input, column),
        var raw when raw == typeof(double) => Create<double>(input, column),
        var raw when raw == typeof(bool) => Create<bool>(input, column),
        var raw when raw == typeof(sbyte) => Create<sbyte>(input, column),
        var raw when raw == typeof(byte) => Create<byte>(input, column),
        var raw when raw == typeof(short) => Create<short>(input, column),
        var raw when raw == typeof(ushort) => Create<ushort>(input, column),
        var raw when raw == typeof(int) => Create<int>(input, column),
        var raw when raw == typeof(uint) => Create<uint>(input, column),
        var raw when raw == typeof(long) => Create<long>(input, column),
        var raw when raw == typeof(ulong) => Create<ulong>(input, column),
        var raw when raw == typeof(DateTime) => Create<DateTime>(input, column),
        var raw when raw == typeof(DateTimeOffset) => Create<DateTimeOffset>(input, column),
        var raw when raw == typeof(TimeSpan) => Create<TimeSpan>(input, column),
        var raw when raw == typeof(DataViewRowId) => Create<DataViewRowId>(input, column),
        var raw => throw new InvalidOperationException($"The column '{column.Name}' is {column.Type}, whose values are read as {raw.Name}; a value of that type cannot be copied."),
    };

    private static BufferedColumn Create<T>(DataViewRow input, DataViewSchema.Column column)
        where T : struct
        => column.Type is VectorDataViewType
            ? new BufferedVectors<T>(input.GetGetter<VBuffer<T>>(column), copyItem: null)
            : new BufferedScalars<T>(input.GetGetter<T>(column));
}
