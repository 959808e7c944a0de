namespace Microsoft.ML.Data;

public sealed partial class TextLoader
{
    /// <summary>A column and the fields that it is read from.</summary>
    public sealed class Column
    {
        public string Name;

        /// <summary>The fields; several, or a range of several, make a vector.</summary>
        public Range[] Source;

        /// <summary>For a key column its count; its fields are 0-based.</summary>
        public KeyCount KeyCount;

        public Column()
        {
        }

        public Column(string name, DataKind dataKind, int index)
            : this(name, dataKind, [new Range(index)])
        {
        }

        public Column(string name, DataKind dataKind, int minIndex, int maxIndex)
            : this(name, dataKind, [new Range(minIndex, maxIndex)])
        {
        }

        public Column(string name, DataKind dataKind, Range[] source, KeyCount keyCount = null)
        {
            ArgumentNullException.ThrowIfNull(name);
            ArgumentNullException.ThrowIfNull(source);
            Name = name;
            DataKind = dataKind;
            Source = source;
            KeyCount = keyCount;
        }

        public DataKind DataKind { get; set; } = DataKind.Single;
    }

    /// <summary>Fields that stand one after the other.</summary>
    public sealed class Range
    {
        public int Min;

        /// <summary>The last field, in the range; null for the last of the line.</summary>
        public int? Max;

        /// <summary>Whether the range reaches to the last field of the first line.</summary>
        public bool AutoEnd;

        /// <summary>Whether the range reaches to the last field of each line; not supported here.</summary>
        public bool VariableEnd;

        /// <summary>Whether the range is all fields that no other has.</summary>
        public bool AllOther;

        /// <summary>Whether a single field makes a vector.</summary>
        public bool ForceVector;

        public Range()
        {
        }

        public Range(int index)
            : this(index, index)
        {
        }

        public Range(int min, int? max)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(min);
            if (max < min)
                throw new ArgumentOutOfRangeException(nameof(max), "max must be greater than or equal to min");
            Min = min;
            Max = max;
            AutoEnd = max == null;
        }
    }
}
