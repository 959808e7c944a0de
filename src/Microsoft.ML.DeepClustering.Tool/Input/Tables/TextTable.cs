using System.Globalization;
using System.Text;
using System.Text.Unicode;
using CsvHelper;

namespace Microsoft.ML.DeepClustering.Tool.Input.Tables;

/// <summary>Reads CSV, TSV and the like: UTF-8, or UTF-16 with its mark; quotes may hold separators and line breaks.</summary>
internal static class TextTable
{
    /// <summary>Reads the whole file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="separator">Null finds it.</param>
    /// <param name="hasHeader">Whether the first line has the names; null finds out.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static Table Read(string path, string? separator, bool? hasHeader, CancellationToken cancellation)
    {
        separator ??= SeparatorDetection.Detect(path);
        var records = Records(path, separator, limit: int.MaxValue, cancellation).ToList();
        if (records.Count == 0)
            throw new ToolFault($"{path} is empty.");
        var first = records[0].Fields;
        var header = hasHeader ?? LooksLikeHeader(first);
        var hint = SeparatorDetection.Hint(records.ConvertAll(r => r.Fields), separator);
        var names = header ? Names(path, records[0]) : [.. Enumerable.Range(1, first.Length).Select(i => $"c{i}")];
        if (header)
            records.RemoveAt(0);
        if (records.Count == 0)
            throw new ToolFault($"{path} has the names of its columns and no rows.");
        foreach (var (line, fields) in records)
        {
            if (fields.Length != names.Length)
                throw ToolFault.At(path, line, $"it has {Count(fields.Length)}, and {(header ? "the names are" : "the first line has")} {names.Length}; put a field that holds the separator {Shown(separator)} in quotes, or name another separator with --separator.");
        }

        var columns = names.Select((name, i) => new TableColumn(name, [.. records.Select(r => r.Fields[i])])).ToArray();
        var lines = records.ConvertAll(r => r.Line);
        return new(path, columns, records.Count, row => $"line {lines[row]}") { Separator = separator, HasHeader = header, SeparatorHint = hint };
    }

    /// <summary>The first records of the file, each with the line where it begins.</summary>
    public static IEnumerable<(long Line, string[] Fields)> Records(string path, string separator, int limit, CancellationToken cancellation)
    {
        using var stream = InputFile.Open(path);
        using var reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true);
        using var csv = CsvReader.Create(reader, new()
        {
            Separator = separator[0],
            HasHeader = false,
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Throw,
            FieldCountMismatch = CsvFieldCountHandling.Allow,
        });
        for (var count = 0; count < limit && Read(path, csv); count++)
        {
            cancellation.ThrowIfCancellationRequested();
            var fields = new string[csv.FieldCount];
            for (var i = 0; i < fields.Length; i++)
                fields[i] = csv.GetString(i);
            yield return (csv.LineNumber, fields);
        }
    }

    private static bool Read(string path, CsvReader csv)
    {
        try
        {
            return csv.Read();
        }
        catch (CsvFormatException e)
        {
            throw ToolFault.At(path, e.LineNumber, "a quote stands within a field that is not quoted, or a quote is not closed; put the field in quotes, and double the quotes within it.");
        }
        catch (DecoderFallbackException e)
        {
            throw new ToolFault($"{path}, line {FirstUndecodableLine(path)}: it is not UTF-8 text; save the file as UTF-8.", e);
        }
        catch (InvalidDataException e)
        {
            throw InputFile.Damaged(path, e);
        }
    }

    // The decoder works ahead of the lines.
    private static int FirstUndecodableLine(string path)
    {
        var content = InputFile.ReadAll(path).AsSpan();
        var line = 1;
        for (int end; (end = content.IndexOf((byte)'\n')) >= 0 && Utf8.IsValid(content[..end]); line++)
            content = content[(end + 1)..];
        return line;
    }

    // A line of names has no numbers and no empty cell, unless a separator too many begins or ends it, which is told as a fault.
    private static bool LooksLikeHeader(string[] first) => first switch
    {
        ["", _, ..] => first[1..].All(IsName),
        [_, .., ""] => first[..^1].All(IsName),
        _ => first.All(IsName),
    };

    private static bool IsName(string cell) => !Cell.IsMissing(cell) && !Cell.HasDecimalComma(cell) && !float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static string[] Names(string path, (long Line, string[] Fields) header)
    {
        var names = Array.ConvertAll(header.Fields, f => f.Trim());
        var empty = Array.IndexOf(names, "");
        if (empty >= 0)
            throw ToolFault.At(path, header.Line, $"{EmptyName(names, empty)}; name it, or say --no-header if the file has no names.");
        var twice = names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1)?.Key;
        return twice == null ? names : throw ToolFault.At(path, header.Line, $"the column \"{twice}\" is there twice; rename one.");
    }

    private static string EmptyName(string[] names, int empty) => empty switch
    {
        0 when names.Length > 1 => $"column 1, before \"{names[1]}\", has no name",
        0 => "column 1 has no name",
        _ when empty == names.Length - 1 => $"column {empty + 1}, after \"{names[empty - 1]}\" at the end of the line, has no name",
        _ => $"column {empty + 1} has no name",
    };

    private static string Shown(string separator) => separator == "\t" ? "tab" : $"\"{separator}\"";

    private static string Count(int fields) => fields == 1 ? "1 field" : $"{fields} fields";
}
