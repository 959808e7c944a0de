using System.Globalization;
using System.Text;

namespace Microsoft.ML.Data;

/// <summary>Parts a line into its fields.</summary>
internal sealed class FieldSplitter(TextLoader.Options options)
{
    private static readonly ReadOnlyMemory<char> Zero = "0".AsMemory();

    private readonly char[] _separators = options.Separators;
    private readonly List<ReadOnlyMemory<char>> _fields = [];

    /// <summary>The fields of the line; the list is used again by the next call.</summary>
    public List<ReadOnlyMemory<char>> Split(string line)
    {
        _fields.Clear();
        var start = 0;
        while (start <= line.Length)
            start = options.AllowQuoting && QuoteAt(line, start) is >= 0 and var quote ? AddQuoted(line, quote) : AddPlain(line, start);
        return options.AllowSparse ? Expand() : _fields;
    }

    private static int QuoteAt(string line, int start)
    {
        while (start < line.Length && line[start] == ' ')
            start++;
        return start < line.Length && line[start] == '"' ? start : -1;
    }

    private int AddPlain(string line, int start)
    {
        var end = line.AsSpan(start).IndexOfAny(_separators);
        end = end < 0 ? line.Length : start + end;
        var field = line.AsMemory(start, end - start);
        _fields.Add(options.TrimWhitespace ? field.Trim() : field);
        return end + 1;
    }

    private int AddQuoted(string line, int quote)
    {
        var text = new StringBuilder();
        var i = quote + 1;
        for (; i < line.Length; i++)
        {
            var isEscaped = line[i] == options.EscapeChar && i + 1 < line.Length && line[i + 1] == '"';
            if (isEscaped)
                i++;
            else if (line[i] == '"')
                break;
            text.Append(line[i]);
        }

        _fields.Add(text.ToString().AsMemory());
        var rest = i + 1 < line.Length ? line.AsSpan(i + 1).IndexOfAny(_separators) : -1;
        return rest < 0 ? line.Length + 1 : i + 1 + rest + 1;
    }

    // "a b 5 2:6 4:3" stands for a, b and five fields 0 0 6 0 3.
    private List<ReadOnlyMemory<char>> Expand()
    {
        var first = _fields.FindIndex(field => field.Span.Contains(':'));
        if (first < 1 || !int.TryParse(_fields[first - 1].Span, NumberStyles.Integer, CultureInfo.InvariantCulture, out var count) || count < 0)
            return _fields;
        var pairs = _fields.GetRange(first, _fields.Count - first);
        _fields.RemoveRange(first - 1, pairs.Count + 1);
        var start = _fields.Count;
        _fields.AddRange(Enumerable.Repeat(Zero, count));
        foreach (var pair in pairs.Where(pair => !pair.Span.IsWhiteSpace()))
        {
            var colon = pair.Span.IndexOf(':');
            if (colon < 0 || !int.TryParse(pair.Span[..colon], NumberStyles.Integer, CultureInfo.InvariantCulture, out var index) || index < 0 || index >= count)
                throw new FormatException($"'{pair}' is not an index below {count}, a colon and a value.");
            _fields[start + index] = pair[(colon + 1)..];
        }

        return _fields;
    }
}
