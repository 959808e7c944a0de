namespace Microsoft.ML.DeepClustering.Tool.Input.Tables;

/// <summary>Names of columns in a sentence.</summary>
internal static class NameList
{
    private const int Shown = 8;

    /// <summary>All of them, or the first and the last ones of many.</summary>
    public static string Of(IEnumerable<string> names)
    {
        var all = names.ToArray();
        return all.Length <= Shown ? string.Join(", ", all) : $"{string.Join(", ", all[..3])}, ..., {all[^1]} ({all.Length} columns)";
    }
}
