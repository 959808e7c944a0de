namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>Names of pictures, fit for files and ids.</summary>
internal static class PictureName
{
    private const int MostCharacters = 40;

    /// <summary>A start that no other picture has, then the letters and digits of a title, in lower case, with hyphens between words.</summary>
    public static string Make(string start, string title)
    {
        var letters = title.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-');
        var words = string.Concat(letters).Split('-', StringSplitOptions.RemoveEmptyEntries);
        var name = string.Join('-', words.Prepend(start));
        return name.Length <= start.Length + MostCharacters ? name : name[..(start.Length + MostCharacters)].TrimEnd('-');
    }
}
