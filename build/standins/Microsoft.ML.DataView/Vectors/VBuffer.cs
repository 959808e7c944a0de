using System.Collections;

namespace Microsoft.ML.Data;

/// <summary>A vector, dense or with the positions of its values that are not the default.</summary>
public readonly struct VBuffer<T> : IEnumerable
{
    public readonly int Length;

    private readonly T[] _values;
    private readonly int[] _indices;
    private readonly int _count;

    public VBuffer(int length, T[] values, int[] indices = null)
        : this(length, length, values, indices)
    {
    }

    public VBuffer(int length, int count, T[] values, int[] indices)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (count < 0 || count > length)
            throw new ArgumentException($"The count must lie between 0 and the length, {length}, but is {count}.", nameof(count));
        if (count > (values?.Length ?? 0))
            throw new ArgumentException($"There are fewer than {count} values.", nameof(values));
        if (count < length && count > (indices?.Length ?? 0))
            throw new ArgumentException($"There are fewer than {count} indices.", nameof(indices));
        Length = length;
        _count = count;
        _values = values;
        _indices = indices;
    }

    public bool IsDense => _count == Length;

    internal T[] ValuesArray => _values;

    internal int[] IndicesArray => _indices;

    public ReadOnlySpan<T> GetValues() => _values.AsSpan(0, _count);

    public ReadOnlySpan<int> GetIndices() => IsDense ? default : _indices.AsSpan(0, _count);

    public void CopyToDense(ref VBuffer<T> destination)
    {
        var editor = VBufferEditor.Create(ref destination, Length);
        CopyTo(editor.Values);
        destination = editor.Commit();
    }

    public void CopyTo(ref VBuffer<T> destination)
    {
        var editor = VBufferEditor.Create(ref destination, Length, _count);
        GetValues().CopyTo(editor.Values);
        if (!IsDense)
            GetIndices().CopyTo(editor.Indices);
        destination = editor.Commit();
    }

    public void CopyTo(ref VBuffer<T> destination, int sourceIndex, int length)
    {
        if (sourceIndex < 0 || sourceIndex > Length)
            throw new ArgumentException($"The source index must lie between 0 and {Length}.", nameof(sourceIndex));
        if (length < 0 || length > Length - sourceIndex)
            throw new ArgumentException($"The length must lie between 0 and {Length - sourceIndex}.", nameof(length));
        var start = IsDense ? sourceIndex : FirstAt(sourceIndex);
        var count = IsDense ? length : FirstAt(sourceIndex + length) - start;
        var editor = VBufferEditor.Create(ref destination, length, count);
        _values.AsSpan(start, count).CopyTo(editor.Values);
        if (!IsDense && count < length)
        {
            for (var i = 0; i < count; i++)
                editor.Indices[i] = _indices[start + i] - sourceIndex;
        }

        destination = editor.Commit();
    }

    public void CopyTo(Span<T> destination) => CopyTo(destination, 0);

    public void CopyTo(Span<T> destination, int destinationIndex, T defaultValue = default)
    {
        if (destinationIndex < 0 || destinationIndex > destination.Length - Length)
            throw new ArgumentException($"The destination has no room for {Length} values from {destinationIndex} on.", nameof(destination));
        var target = destination.Slice(destinationIndex, Length);
        if (IsDense)
        {
            GetValues().CopyTo(target);
            return;
        }

        target.Fill(defaultValue);
        for (var i = 0; i < _count; i++)
            target[_indices[i]] = _values[i];
    }

    public static void Copy(T[] source, int sourceIndex, ref VBuffer<T> destination, int length)
    {
        var editor = VBufferEditor.Create(ref destination, length);
        source.AsSpan(sourceIndex, length).CopyTo(editor.Values);
        destination = editor.Commit();
    }

    public IEnumerable<KeyValuePair<int, T>> Items(bool all = false)
        => all || IsDense ? EveryItem(this) : ExplicitItems(this);

    public IEnumerable<T> DenseValues() => EveryItem(this).Select(item => item.Value);

    public IEnumerator GetEnumerator() => Items(all: true).GetEnumerator();

    public void GetItemOrDefault(int index, ref T destination) => destination = GetItemOrDefault(index);

    public T GetItemOrDefault(int index)
    {
        if (index < 0 || index >= Length)
            throw new ArgumentOutOfRangeException(nameof(index), index, $"The index must lie between 0 and {Length - 1}.");
        if (IsDense)
            return _values[index];
        var position = FirstAt(index);
        return position < _count && _indices[position] == index ? _values[position] : default;
    }

    public override string ToString()
        => IsDense ? $"Dense vector of size {Length}" : $"Sparse vector of size {Length}, {_count} explicit values";

    private static IEnumerable<KeyValuePair<int, T>> EveryItem(VBuffer<T> buffer)
    {
        var next = 0;
        for (var i = 0; i < buffer.Length; i++)
        {
            if (buffer.IsDense)
                yield return new KeyValuePair<int, T>(i, buffer._values[i]);
            else if (next < buffer._count && buffer._indices[next] == i)
                yield return new KeyValuePair<int, T>(i, buffer._values[next++]);
            else
                yield return new KeyValuePair<int, T>(i, default);
        }
    }

    private static IEnumerable<KeyValuePair<int, T>> ExplicitItems(VBuffer<T> buffer)
    {
        for (var i = 0; i < buffer._count; i++)
            yield return new KeyValuePair<int, T>(buffer._indices[i], buffer._values[i]);
    }

    // The number of explicit values before the given index.
    private int FirstAt(int index)
    {
        var position = Array.BinarySearch(_indices ?? [], 0, _count, index);
        return position >= 0 ? position : ~position;
    }
}
