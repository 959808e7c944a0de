using System.Runtime.InteropServices;

namespace Microsoft.ML.DeepClustering.Scoring;

/// <summary>
/// Copies texts so that their source cannot change them. A reader may keep a text for ever, so the memory of a copy is never reused, and only a few
/// texts share a piece of it.
/// </summary>
internal sealed class TextCopies
{
    private const int CharactersPerPiece = 2048;

    private Memory<char> _free;

    /// <summary>A text of the same characters.</summary>
    /// <param name="text">A text of the source.</param>
    /// <param name="bytes">What the copy holds in memory.</param>
    public ReadOnlyMemory<char> Copy(ReadOnlyMemory<char> text, out long bytes)
    {
        // Nobody can change a string. A part of one is copied, for it would hold all of it.
        if (MemoryMarshal.TryGetString(text, out var whole, out _, out var length) && length == whole.Length)
        {
            bytes = sizeof(char) * (long)whole.Length;
            return text;
        }

        bytes = sizeof(char) * (long)text.Length;
        if (text.Length > CharactersPerPiece)
            return text.ToArray();
        if (text.Length > _free.Length)
            _free = new char[CharactersPerPiece];
        var copy = _free[..text.Length];
        text.CopyTo(copy);
        _free = _free[text.Length..];
        return copy;
    }
}
