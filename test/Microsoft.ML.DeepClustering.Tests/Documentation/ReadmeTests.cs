using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.ML.DeepClustering.Methods;

namespace Microsoft.ML.DeepClustering.Tests.Documentation;

[TestClass]
public sealed partial class ReadmeTests
{
    internal static string Root => typeof(ReadmeTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    internal static string Readme => File.ReadAllText(Path.Combine(Root, "README.md"));

    [TestMethod]
    public void Examples_InReadme_AreThoseThatAreCompiled()
    {
        var sources = Directory.GetFiles(Path.Combine(Root, "test/Microsoft.ML.DeepClustering.Tests/Documentation"), "Readme*Example.cs");
        var compiled = sources.SelectMany(s => Example().Matches(File.ReadAllText(s).Replace("\r", ""))).Select(m => string.Join("\n", m.Groups[1].Value.Split('\n').Select(l => l.Length > 8 ? l[8..] : ""))
            .Replace("print(", "Console.WriteLine(").Replace("path", "\"discs.zip\"").Trim()).ToArray();
        var shown = CodeBlock().Matches(Readme.Replace("\r", "")).Select(m => m.Groups[1].Value.Trim()).ToArray();
        CollectionAssert.AreEquivalent(compiled.Select(Unaligned).ToArray(), shown.Select(Unaligned).ToArray());
    }

    [TestMethod]
    public void MismatchExample_WhenRun_GivesAFigureForEveryEpochAndTheFit()
    {
        var lines = new List<string>();
        ReadmeExample.RunMismatch(lines.Add);
        Assert.HasCount(11, lines);
        foreach (var line in lines)
            StringAssert.Matches(line, MismatchLine());
    }

    [TestMethod]
    public void Example_WhenRun_PrintsWhatTheReadmeShows()
    {
        var folder = Directory.CreateTempSubdirectory("deep-clustering-");
        try
        {
            var lines = new List<string>();
            ReadmeExample.Run(lines.Add, Path.Combine(folder.FullName, "discs.zip"));
            var shown = Between(Readme, "prints\n\n```text\n", "```").Trim().Split('\n');
            Assert.HasCount(lines.Count, shown);
            // Floating point differs a little between processors; the figures shown are those to two digits.
            for (var i = 0; i < shown.Length; i++)
            {
                Assert.AreEqual(Number().Replace(shown[i], "#"), Number().Replace(lines[i], "#"));
                foreach (var (expected, actual) in Number().Matches(shown[i]).Zip(Number().Matches(lines[i])))
                    Assert.AreEqual(double.Parse(expected.Value), double.Parse(actual.Value), 0.02 * Math.Max(1, double.Parse(expected.Value)), lines[i]);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [TestMethod]
    public void Methods_EveryOne_HasItsRowAndItsFolder()
    {
        foreach (var (name, options) in MethodNames.OptionTypes)
        {
            StringAssert.Contains(Readme, $"| `{name}` |");
            foreach (var file in new[] { $"{options.Name}.cs", $"{name}Method.cs", $"{name}Catalog.cs" })
                Assert.IsTrue(File.Exists(Path.Combine(Root, "src/Microsoft.ML.DeepClustering/Methods", name, file)), file);
        }
    }

    [TestMethod]
    public void Files_NamedInReadme_Exist()
    {
        foreach (Match match in RepositoryPath().Matches(Readme))
            Assert.IsTrue(Path.Exists(Path.Combine(Root, match.Groups[1].Value)), match.Value);
    }

    // Where comments start may differ, since names do.
    private static string Unaligned(string code) => Regex.Replace(code, " +//", " //");

    internal static string Between(string text, string start, string end)
    {
        text = text.Replace("\r", "");
        var from = text.IndexOf(start, StringComparison.Ordinal);
        Assert.IsGreaterThanOrEqualTo(0, from, start);
        from += start.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }

    [GeneratedRegex("// <example>\n(.*?)        // </example>", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"^(epoch \d+: OFM 0\.\d\d, silhouette -?0\.\d\d|R-OFM: slope -?\d+\.\d\d, R² \d\.\d\d)$")]
    private static partial Regex MismatchLine();

    [GeneratedRegex(@"\d+(\.\d+)?")]
    private static partial Regex Number();

    [GeneratedRegex(@"`((?:build|src|test|samples)/[\w./-]+)`")]
    private static partial Regex RepositoryPath();
}
