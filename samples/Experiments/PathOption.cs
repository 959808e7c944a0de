namespace Experiments;

/// <summary>Options of the command that name a file or a folder.</summary>
internal static class PathOption
{
    /// <summary>The full path.</summary>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public static string Full(string option, string? text)
        => string.IsNullOrWhiteSpace(text) ? throw new ArgumentException($"{option} is empty; give it a path, or leave it out.") : Path.GetFullPath(text);
}
