using System.Reflection;
using System.Text.RegularExpressions;

namespace Microsoft.ML.DeepClustering.Tests.Documentation;

/// <summary>The README, the programs that it shows, and the compiled examples that they are copies of.</summary>
internal static partial class Readme
{
    public static string Root { get; } = typeof(Readme).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    public static string Text { get; } = Read(Path.Combine(Root, "README.md"));

    /// <summary>The C# that it shows.</summary>
    public static IReadOnlyList<string> Programs { get; } = [.. Program().Matches(Text).Select(m => m.Groups[1].Value.TrimEnd())];

    /// <summary>The files of compiled examples, of all test projects, by the name of their class.</summary>
    public static IReadOnlyDictionary<string, string> ExampleFiles { get; }
        = Directory.EnumerateFiles(Path.Combine(Root, "test"), "*Example.cs", SearchOption.AllDirectories)
            .Where(f => Read(f).Contains("// <example>", StringComparison.Ordinal)).ToDictionary(f => Path.GetFileNameWithoutExtension(f));

    /// <summary>What stands between the marks of an example, without its indentation.</summary>
    public static string CodeOf(string example)
    {
        var lines = Example().Match(Read(ExampleFiles[example])).Groups[1].Value.TrimEnd().Split('\n');
        var indentation = lines[0].Length - lines[0].TrimStart().Length;
        return string.Join("\n", lines.Select(l => l.Length > indentation ? l[indentation..] : ""));
    }

    /// <summary>What an example prints, as it says itself: the comments that have a line of their own.</summary>
    public static string[] OutputOf(string example) => [.. CodeOf(example).Split('\n').Where(l => l.StartsWith("// ", StringComparison.Ordinal)).Select(l => l[3..])];

    /// <summary>What stands under a heading, up to the next one.</summary>
    public static string Section(string heading)
    {
        var section = Regex.Match(Text, $"^#+ {Regex.Escape(heading)}\n(.*?)(?=^#|\\z)", RegexOptions.Singleline | RegexOptions.Multiline);
        Assert.IsTrue(section.Success, $"the README has no heading '{heading}'");
        return section.Groups[1].Value;
    }

    private static string Read(string path) => File.ReadAllText(path).ReplaceLineEndings("\n");

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Program();

    [GeneratedRegex("// <example>\n(.*?)// </example>", RegexOptions.Singleline)]
    private static partial Regex Example();
}
