using System.Runtime.CompilerServices;

namespace Microsoft.ML.DeepClustering.Scoring;

/// <summary>A buffered column of single numbers, keys, times, row ids or truth values.</summary>
internal sealed class BufferedScalars<T>(ValueGetter<T> source) : BufferedColumn<T>
    where T : struct
{
    private T[] _values = [];

    public override long Read(int place)
    {
        if (place >= _values.Length)
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
    private ReadOnlyMemory<char>[] _texts = [];
    private ReadOnlyMemory<char> _text;

    public override void Clear()
    {
        base.Clear();
        Array.Clear(_texts);
    }

    public override long Read(int place)
    {
        if (place >= _texts.Length)
            Array.Resize(ref _texts, Math.Max(1, 2 * place));
        source(ref _text);
        _texts[place] = _copies.Copy(_text, out var bytes);
        return bytes;
    }

    protected override void GetValue(int place, ref ReadOnlyMemory<char> value) => value = _texts[place];
}
