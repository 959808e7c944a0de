namespace Microsoft.ML.Data;

/// <summary>Makes editors that write a vector, in the destination's own arrays where they are large enough.</summary>
public static class VBufferEditor
{
    public static VBufferEditor<T> CreateFromBuffer<T>(ref VBuffer<T> destination)
    {
        var count = destination.GetValues().Length;
        return new VBufferEditor<T>(destination.Length, count, destination.ValuesArray ?? [], destination.IndicesArray, false, false);
    }

    public static VBufferEditor<T> Create<T>(
        ref VBuffer<T> destination,
        int newLogicalLength,
        int? valuesCount = null,
        int? maxValuesCapacity = null,
        bool keepOldOnResize = false,
        bool requireIndicesOnDense = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(newLogicalLength);
        var count = valuesCount ?? newLogicalLength;
        if (count < 0 || count > newLogicalLength)
            throw new ArgumentException($"The count must lie between 0 and {newLogicalLength}.", nameof(valuesCount));

        var capacity = maxValuesCapacity ?? newLogicalLength;
        var values = EnsureRoom(destination.ValuesArray, count, capacity, keepOldOnResize, out var newValues);
        var indices = destination.IndicesArray;
        var newIndices = false;
        if (count < newLogicalLength || requireIndicesOnDense)
            indices = EnsureRoom(indices, count, capacity, keepOldOnResize, out newIndices);
        return new VBufferEditor<T>(newLogicalLength, count, values, indices, newValues, newIndices);
    }

    private static TItem[] EnsureRoom<TItem>(TItem[] array, int count, int capacity, bool keepOld, out bool created)
    {
        created = (array?.Length ?? 0) < count;
        if (!created)
            return array ?? [];
        var larger = (int)Math.Min(Math.Max(count, capacity), Math.Max(2L * (array?.Length ?? 0), count));
        if (!keepOld)
            return new TItem[larger];
        Array.Resize(ref array, larger);
        return array;
    }
}
