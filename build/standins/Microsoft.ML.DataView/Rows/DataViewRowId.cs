namespace Microsoft.ML.Data;

/// <summary>Identifies a row, whatever order rows come in.</summary>
public readonly struct DataViewRowId : IComparable<DataViewRowId>, IEquatable<DataViewRowId>
{
    public readonly ulong Low;
    public readonly ulong High;

    public DataViewRowId(ulong low, ulong high)
    {
        Low = low;
        High = high;
    }

    public DataViewRowId Fork() => Combine(new DataViewRowId(1, 0));

    public DataViewRowId Next() => Combine(new DataViewRowId(0, 1));

    public DataViewRowId Combine(DataViewRowId other)
    {
        var low = Mix(Low ^ Mix(other.Low + 0x9E3779B97F4A7C15UL));
        var high = Mix(High ^ Mix(other.High + 0xC2B2AE3D27D4EB4FUL));
        return new DataViewRowId(low + high, high + 2 * low);
    }

    public bool Equals(DataViewRowId other) => Low == other.Low && High == other.High;

    public override bool Equals(object obj) => obj is DataViewRowId other && Equals(other);

    public int CompareTo(DataViewRowId other)
    {
        var result = High.CompareTo(other.High);
        return result != 0 ? result : Low.CompareTo(other.Low);
    }

    public override int GetHashCode() => HashCode.Combine(Low, High);

    public override string ToString() => $"{High:x16}{Low:x16}";

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
