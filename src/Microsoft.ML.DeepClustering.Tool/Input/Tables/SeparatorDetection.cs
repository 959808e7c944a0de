namespace Microsoft.ML.DeepClustering.Tool.Input.Tables;

/// <summary>Finds the separator of a text file by its first lines.</summary>
internal static class SeparatorDetection
{
    private const int Looked = 20;

    private const string Others = "\t;,|:^~";

    private static readonly string[] Candidates = ["\t", ";", ","];

    /// <summary>The separator that gives every line the same number of fields, the most of them; the comma where none does.</summary>
    public static string Detect(string path)
    {
        var best = Candidates.Select(separator => (Separator: separator, Fields: Fields(path, separator))).MaxBy(c => c.Fields);
        return best.Fields > 1 ? best.Separator : Guess(path);
    }

    /// <summary>What to say of a file that has one column whose first lines have another character that separates: null without one.</summary>
    public static string? Hint(IReadOnlyList<string[]> records, string separator)
    {
        var looked = records.Take(Looked).ToArray();
        if (looked.Any(r => r.Length != 1))
            return null;
        var place = Others.IndexOfAny([.. Others.Where(c => c != separator[0] && looked.All(r => r[0].Contains(c)))]);
        return place < 0 ? null : $"there is one column; if its fields are separated by {Shown(Others[place])}, say --separator {(Others[place] == '\t' ? "tab" : $"'{Others[place]}'")}";
    }

    private static string Shown(char separator) => separator == '\t' ? "tabs" : $"\"{separator}\"";

    // 0 where the lines differ.
    private static int Fields(string path, string separator)
    {
        try
        {
            var counts = TextTable.Records(path, separator, Looked, CancellationToken.None).Select(r => r.Fields.Length).Distinct().ToArray();
            return counts.Length == 1 ? counts[0] : 0;
        }
        catch (ToolFault)
        {
            return 0;
        }
    }

    // Lines of different lengths are a fault that is told later, with the separator that stands most often in the first line.
    private static string Guess(string path)
    {
        using var reader = new StreamReader(InputFile.Open(path));
        var line = reader.ReadLine() ?? "";
        var best = Candidates.MaxBy(c => line.Count(l => l == c[0]))!;
        return line.Contains(best, StringComparison.Ordinal) ? best : ",";
    }
}
