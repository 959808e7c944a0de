namespace Microsoft.ML.Data;

/// <summary>The lines of files that hold data: no headers, empty lines or comments.</summary>
internal sealed class TextLines(IMultiStreamSource source, TextLoader.Options options, bool skipHeader = true) : IDisposable
{
    private TextReader _reader;
    private int _file = -1;
    private bool _headerAhead;

    public string Current { get; private set; }

    /// <summary>The 1-based number of the current line in its file.</summary>
    public long LineNumber { get; private set; }

    public bool MoveNext()
    {
        while (true)
        {
            var line = _reader?.ReadLine();
            if (line == null)
            {
                if (!NextFile())
                    return false;
                continue;
            }

            LineNumber++;
            if (string.IsNullOrWhiteSpace(line) || line.StartsWith("//", StringComparison.Ordinal) || line.StartsWith("#@", StringComparison.Ordinal))
                continue;
            if (_headerAhead)
            {
                _headerAhead = false;
                continue;
            }

            Current = options.ReadMultilines && options.AllowQuoting ? Complete(line) : line;
            return true;
        }
    }

    public void Dispose() => _reader?.Dispose();

    private bool NextFile()
    {
        _reader?.Dispose();
        _reader = null;
        if (_file + 1 >= source.Count)
            return false;
        _reader = source.OpenTextReader(++_file);
        _headerAhead = options.HasHeader && skipHeader;
        LineNumber = 0;
        return true;
    }

    // An odd number of quotes leaves one open.
    private string Complete(string line)
    {
        while (line.Count(character => character == '"') % 2 == 1 && _reader.ReadLine() is { } next)
        {
            line = line + "\n" + next;
            LineNumber++;
        }

        return line;
    }
}
