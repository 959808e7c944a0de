namespace Microsoft.ML.Data;

/// <summary>A map of texts; an empty text is a missing value.</summary>
internal sealed class TextTermMap()
    : TermMap<ReadOnlyMemory<char>, string>(TextDataViewType.Instance, text => text.ToString(), text => text.AsMemory(), StringComparer.Ordinal)
{
    protected override bool IsMissing(string term) => term.Length == 0;
}
