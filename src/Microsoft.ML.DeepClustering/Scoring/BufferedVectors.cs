using System.Runtime.CompilerServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Scoring;

/// <summary>
/// A buffered column of vectors, each dense or sparse as the source gives it. The vectors of a batch lie one after the other, so that one long vector
/// does not reserve its length for every row.
/// </summary>
/// <param name="source">The input's getter.</param>
/// <param name="copyItem">Makes an item that the source cannot change, and says how many bytes it holds; null where a plain copy does.</param>
internal sealed class BufferedVectors<T>(ValueGetter<VBuffer<T>> source, CopyItem<T>? copyItem) : BufferedColumn<VBuffer<T>>
{
    private Row[] _rows = [];
    private T[] _values = [];
    private int[] _indices = [];
    private int _valueCount;
    private int _indexCount;
    private VBuffer<T> _vector;

    public override void Clear()
    {
        base.Clear();
        // Texts are not to be held longer than their batch.
        if (copyItem is not null)
            Array.Clear(_values, 0, _valueCount);
        (_valueCount, _indexCount) = (0, 0);
    }

    public override long Read(int place)
    {
        if (place >= _rows.Length)
            Array.Resize(ref _rows, Math.Max(1, 2 * place));
        source(ref _vector);
        var values = _vector.GetValues();
        var row = new Row(_vector.Length, values.Length, _valueCount, _vector.IsDense ? Row.Dense : _indexCount);
        var bytes = AddValues(values);
        if (!_vector.IsDense)
            bytes += AddIndices(_vector.GetIndices());
        _rows[place] = row;
        return bytes;
    }

    protected override void GetValue(int place, ref VBuffer<T> value)
    {
        var row = _rows[place];
        var editor = VBufferEditor.Create(ref value, row.Length, row.Count);
        _values.AsSpan(row.Start, row.Count).CopyTo(editor.Values);
        if (row.IndexStart != Row.Dense)
            _indices.AsSpan(row.IndexStart, row.Count).CopyTo(editor.Indices);
        value = editor.Commit();
    }

    private long AddValues(ReadOnlySpan<T> values)
    {
        var bytes = values.Length * (long)Unsafe.SizeOf<T>();
        Grow(ref _values, _valueCount + values.Length);
        var target = _values.AsSpan(_valueCount, values.Length);
        values.CopyTo(target);
        for (var i = 0; copyItem is not null && i < target.Length; i++)
        {
            target[i] = copyItem(target[i], out var held);
            bytes += held;
        }

        _valueCount += values.Length;
        return bytes;
    }

    private long AddIndices(ReadOnlySpan<int> indices)
    {
        Grow(ref _indices, _indexCount + indices.Length);
        indices.CopyTo(_indices.AsSpan(_indexCount));
        _indexCount += indices.Length;
        return indices.Length * (long)sizeof(int);
    }

    private static void Grow<TItem>(ref TItem[] items, int length)
    {
        if (length > items.Length)
            Array.Resize(ref items, (int)Math.Min(Math.Max(length, 2L * items.Length), Array.MaxLength));
    }

    /// <summary>Where a vector lies.</summary>
    /// <param name="Length">Its length.</param>
    /// <param name="Count">The number of values that are stored.</param>
    /// <param name="Start">The place of the first.</param>
    /// <param name="IndexStart">The place of the first index, or <see cref="Dense"/>.</param>
    private readonly record struct Row(int Length, int Count, int Start, int IndexStart)
    {
        public const int Dense = -1;
    }
}

/// <summary>Copies an item of a vector so that its source cannot change it.</summary>
/// <param name="item">The item.</param>
/// <param name="bytes">What the copy holds in memory beside itself.</param>
internal delegate T CopyItem<T>(T item, out long bytes);
