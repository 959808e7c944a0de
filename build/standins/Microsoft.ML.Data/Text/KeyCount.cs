namespace Microsoft.ML.Data;

/// <summary>The number of keys of a column; null if it is not known.</summary>
public sealed class KeyCount
{
    public ulong? Count;

    public KeyCount()
    {
    }

    public KeyCount(ulong count)
    {
        if (count == 0)
            throw new ArgumentOutOfRangeException(nameof(count), "A key count must be positive.");
        Count = count;
    }
}
