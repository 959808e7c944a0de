using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Data;

/// <summary>Numbers the different values of a label column in the order in which they come.</summary>
internal abstract class LabelReader
{
    /// <summary>What <see cref="Read"/> returns for a row without a label.</summary>
    public const int Missing = -1;

    /// <summary>The number of the current row's class, from 0, or <see cref="Missing"/>.</summary>
    public abstract int Read();

    /// <summary>The number and the name of each class seen so far, in the order of their values.</summary>
    public abstract IReadOnlyList<(int Number, string Name)> Classes();

    /// <summary>A reader for the column.</summary>
    /// <param name="row">The cursor that will move over the rows.</param>
    /// <param name="column">An active column of it.</param>
    /// <param name="parameter">What named the column, for the error.</param>
    /// <exception cref="ArgumentOutOfRangeException">Values of the column's type cannot be told apart as classes.</exception>
    public static LabelReader Create(DataViewRow row, DataViewSchema.Column column, string parameter)
        => TryCreate(row, column) ?? throw new ArgumentOutOfRangeException(
            parameter, column.Name,
            $"Column '{column.Name}' has the type {column.Type}; a label must be a key, a single number, a bool or a text. Convert it, for example with MapValueToKey.");

    private static LabelReader? TryCreate(DataViewRow row, DataViewSchema.Column column)
    {
        var raw = column.Type.RawType;
        if (column.Type is KeyDataViewType)
            return CreateOfKey(row, column);
        if (raw == typeof(byte))
            return CreateOf<byte>(row, column, _ => false);
        if (raw == typeof(ushort))
            return CreateOf<ushort>(row, column, _ => false);
        if (raw == typeof(uint))
            return CreateOf<uint>(row, column, _ => false);
        if (raw == typeof(ulong))
            return CreateOf<ulong>(row, column, _ => false);
        if (raw == typeof(float))
            return CreateOf<float>(row, column, float.IsNaN);
        if (raw == typeof(double))
            return CreateOf<double>(row, column, double.IsNaN);
        if (raw == typeof(sbyte))
            return CreateOf<sbyte>(row, column, _ => false);
        if (raw == typeof(short))
            return CreateOf<short>(row, column, _ => false);
        if (raw == typeof(int))
            return CreateOf<int>(row, column, _ => false);
        if (raw == typeof(long))
            return CreateOf<long>(row, column, _ => false);
        if (raw == typeof(bool))
            return CreateOf<bool>(row, column, _ => false);
        if (raw == typeof(ReadOnlyMemory<char>))
            return CreateOfText(row, column);
        if (raw == typeof(DateTime))
            return CreateOf<DateTime>(row, column, _ => false);
        if (raw == typeof(DateTimeOffset))
            return CreateOf<DateTimeOffset>(row, column, _ => false);
        if (raw == typeof(TimeSpan))
            return CreateOf<TimeSpan>(row, column, _ => false);
        return null;
    }

    private static Reader<ulong> CreateOfKey(DataViewRow row, DataViewSchema.Column column)
    {
        var names = KeyNames.Read(column);
        return new(KeyReader.Create(row, column)!, key => key == 0, key => key <= (ulong)names.Count ? names[(int)key - 1] : TextOf(key), null);
    }

    private static Reader<string> CreateOfText(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<ReadOnlyMemory<char>>(column);
        ReadOnlyMemory<char> value = default;
        return new(Read, text => text.Length == 0, text => text, StringComparer.Ordinal);

        string Read()
        {
            getter(ref value);
            return value.ToString();
        }
    }

    private static Reader<T> CreateOf<T>(DataViewRow row, DataViewSchema.Column column, Func<T, bool> isMissing)
        where T : notnull
    {
        var getter = row.GetGetter<T>(column);
        T value = default!;
        return new(Read, isMissing, v => TextOf(v), null);

        T Read()
        {
            getter(ref value);
            return value;
        }
    }

    /// <summary>The text of a value, in the same form everywhere and different for different values.</summary>
    internal static string TextOf(object value) => value switch
    {
        DateTime or DateTimeOffset => ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private sealed class Reader<T>(Func<T> read, Func<T, bool> isMissing, Func<T, string> nameOf, IComparer<T>? order) : LabelReader
        where T : notnull
    {
        private readonly Dictionary<T, int> _classes = [];

        public override int Read()
        {
            var value = read();
            if (isMissing(value))
                return Missing;
            if (!_classes.TryGetValue(value, out var index))
                _classes.Add(value, index = _classes.Count);
            return index;
        }

        public override IReadOnlyList<(int Number, string Name)> Classes()
            => _classes.OrderBy(c => c.Key, order).Select(c => (c.Value, nameOf(c.Key))).ToArray();
    }
}
