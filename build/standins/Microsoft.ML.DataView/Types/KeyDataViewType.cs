namespace Microsoft.ML.Data;

/// <summary>One of <see cref="Count"/> values, stored 1-based in an unsigned number; 0 is missing.</summary>
public sealed class KeyDataViewType : PrimitiveDataViewType
{
    public KeyDataViewType(Type type, ulong count)
        : base(type)
    {
        if (!IsValidDataType(type))
            throw new ArgumentException($"{type} is not a valid type for a key; it must be Byte, UInt16, UInt32 or UInt64.", nameof(type));
        if (count == 0 || count > Largest(type))
            throw new ArgumentOutOfRangeException(nameof(count), count, $"The count of a key of {type.Name} must be between 1 and {Largest(type)}.");
        Count = count;
    }

    public KeyDataViewType(Type type, int count)
        : this(type, count > 0 ? (ulong)count : 0)
    {
    }

    public ulong Count { get; }

    public static bool IsValidDataType(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type == typeof(byte) || type == typeof(ushort) || type == typeof(uint) || type == typeof(ulong);
    }

    public override bool Equals(DataViewType other) => other is KeyDataViewType key && key.RawType == RawType && key.Count == Count;

    public override bool Equals(object other) => other is DataViewType type && Equals(type);

    public override int GetHashCode() => HashCode.Combine(RawType, Count);

    public override string ToString() => $"Key<{RawType.Name}, 0-{Count - 1}>";

    private static ulong Largest(Type type)
    {
        if (type == typeof(byte))
            return byte.MaxValue;
        if (type == typeof(ushort))
            return ushort.MaxValue;
        return type == typeof(uint) ? uint.MaxValue : ulong.MaxValue;
    }
}
