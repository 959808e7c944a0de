using System.Runtime.CompilerServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Scoring;

/// <summary>A buffered column of single numbers, keys, times, row ids or truth values.</summary>
internal sealed class BufferedScalars<T>(ValueGetter<T> source) : BufferedColumn<T>
    where T : struct
{
    private T[] _values = [];

    protected override long ReadValue(int place)
    {
        if (place == _values.Length)
            Array.Resize(ref _values, Math.Max(1, 2 * place));
        source(ref _values[place]);
        return Unsafe.SizeOf<T>();
    }

    protected override void GetValue(int place, ref T value) => value = _values[place];
}

/// <summary>A buffered column of single texts.</summary>
internal sealed class BufferedTexts(ValueGetter<ReadOnlyMemory<char>> source) : BufferedColumn<ReadOnlyMemory<char>>
{
    private readonly TextCopies _copies = new();
    private readonly List<ReadOnlyMemory<char>> _texts = [];
    private ReadOnlyMemory<char> _text;

    public override void Clear()
    {
        base.Clear();
        _texts.Clear();
    }

    protected override long ReadValue(int place)
    {
        // A place whose value could not be read stays empty.
        while (_texts.Count <= place)
            _texts.Add(default);
        source(ref _text);
        _texts[place] = _copies.Copy(_text, out var bytes);
        return bytes;
    }

    protected override void GetValue(int place, ref ReadOnlyMemory<char> value) => value = _texts[place];
}
