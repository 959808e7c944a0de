namespace Microsoft.ML.Data;

/// <summary>Writes the values of a vector that <see cref="Commit"/> then yields.</summary>
public readonly ref struct VBufferEditor<T>
{
    public readonly Span<T> Values;
    public readonly Span<int> Indices;

    private readonly int _logicalLength;
    private readonly T[] _values;
    private readonly int[] _indices;

    internal VBufferEditor(int logicalLength, int count, T[] values, int[] indices, bool createdNewValues, bool createdNewIndices)
    {
        _logicalLength = logicalLength;
        _values = values;
        _indices = indices;
        Values = values.AsSpan(0, count);
        Indices = indices != null && indices.Length >= count ? indices.AsSpan(0, count) : default;
        CreatedNewValues = createdNewValues;
        CreatedNewIndices = createdNewIndices;
    }

    public bool CreatedNewValues { get; }

    public bool CreatedNewIndices { get; }

    public VBuffer<T> Commit() => new(_logicalLength, Values.Length, _values, _indices);

    public VBuffer<T> CommitTruncated(int physicalValuesCount)
    {
        if (physicalValuesCount < 0 || physicalValuesCount > Values.Length)
            throw new ArgumentException($"The count must lie between 0 and {Values.Length}.", nameof(physicalValuesCount));
        return new VBuffer<T>(_logicalLength, physicalValuesCount, _values, _indices);
    }
}
