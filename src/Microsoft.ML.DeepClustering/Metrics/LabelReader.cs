using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Metrics;

/// <summary>Numbers the different values of a label column in the order in which they come.</summary>
internal abstract class LabelReader
{
    /// <summary>What <see cref="Read"/> returns for a row without a label.</summary>
    public const int Missing = -1;

    /// <summary>The number of the current row's class, from 0, or <see cref="Missing"/>.</summary>
    public abstract int Read();

    /// <summary>A reader for the column, or null if values of its type cannot be told apart as classes.</summary>
    /// <param name="row">The cursor that will move over the rows.</param>
    /// <param name="column">An active column of it.</param>
    public static LabelReader? Create(DataViewRow row, DataViewSchema.Column column)
    {
        var isKey = column.Type is KeyDataViewType;
        var raw = column.Type.RawType;
        if (raw == typeof(byte))
            return Of<byte>(row, column, v => isKey && v == 0);
        if (raw == typeof(ushort))
            return Of<ushort>(row, column, v => isKey && v == 0);
        if (raw == typeof(uint))
            return Of<uint>(row, column, v => isKey && v == 0);
        if (raw == typeof(ulong))
            return Of<ulong>(row, column, v => isKey && v == 0);
        if (raw == typeof(float))
            return Of<float>(row, column, float.IsNaN);
        if (raw == typeof(double))
            return Of<double>(row, column, double.IsNaN);
        if (raw == typeof(sbyte))
            return Of<sbyte>(row, column, _ => false);
        if (raw == typeof(short))
            return Of<short>(row, column, _ => false);
        if (raw == typeof(int))
            return Of<int>(row, column, _ => false);
        if (raw == typeof(long))
            return Of<long>(row, column, _ => false);
        if (raw == typeof(bool))
            return Of<bool>(row, column, _ => false);
        if (raw == typeof(ReadOnlyMemory<char>))
            return new Reader<ReadOnlyMemory<char>, string>(row.GetGetter<ReadOnlyMemory<char>>(column), v => v.ToString(), v => v.IsEmpty);
        if (raw == typeof(DateTime))
            return Of<DateTime>(row, column, _ => false);
        if (raw == typeof(DateTimeOffset))
            return Of<DateTimeOffset>(row, column, _ => false);
        if (raw == typeof(TimeSpan))
            return Of<TimeSpan>(row, column, _ => false);
        return null;
    }

    private static Reader<T, T> Of<T>(DataViewRow row, DataViewSchema.Column column, Func<T, bool> isMissing)
        where T : notnull
        => new(row.GetGetter<T>(column), v => v, isMissing);

    private sealed class Reader<TValue, TClass>(ValueGetter<TValue> getter, Func<TValue, TClass> toClass, Func<TValue, bool> isMissing) : LabelReader
        where TClass : notnull
    {
        private readonly Dictionary<TClass, int> _classes = [];
        private TValue _value = default!;

        public override int Read()
        {
            getter(ref _value);
            if (isMissing(_value))
                return Missing;
            var key = toClass(_value);
            if (!_classes.TryGetValue(key, out var index))
                _classes.Add(key, index = _classes.Count);
            return index;
        }
    }
}
