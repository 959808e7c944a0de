using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Samples.Tests.Experiments;

namespace Samples.Tests.QuickStart;

/// <summary>The sample that the README names first, run as its reader runs it, and what its own README says of it.</summary>
[TestClass]
public sealed partial class QuickStartTests
{
    private const int LongestProgram = 100;

    // Between processors floating point differs a little, and over many epochs the clusters do. Ten clusters drawn at random have an accuracy
    // of about 0.15 and an NMI of about 0.01.
    private const double Tolerance = 0.08;

    [TestMethod]
    [TestCategory("Slow")]
    public void Program_WhenRun_ClustersSavesAndScoresInASecondProcess()
    {
        using var folder = new TestFolder();
        var (code, id, output) = Run(folder.Path);
        Assert.AreEqual(0, code, output);

        var lines = output.ReplaceLineEndings("\n").Trim().Split('\n');
        CollectionAssert.AreEqual(Array.ConvertAll(Shown(), Form), Array.ConvertAll(lines, Form), output);
        foreach (var (expected, actual) in Shown()[1..7].Zip(lines[1..7]))
        {
            var (shown, measures) = (Figures(expected), Figures(actual));
            Assert.HasCount(actual.StartsWith("  k-means", StringComparison.Ordinal) ? 3 : 4, measures);
            // ACC, NMI and ARI; the seconds are another machine's.
            for (var i = 0; i < 3; i++)
                Assert.AreEqual(shown[i], measures[i], Tolerance, actual);
        }

        Assert.AreNotEqual($"Loaded it in process {id}:", lines[8]);
        Assert.IsEmpty(Directory.GetFileSystemEntries(folder.Path), "a temporary file was left");
    }

    [TestMethod]
    public void Program_InTheRepository_IsShort()
    {
        var length = File.ReadAllLines(Path.Combine(TestPaths.Repository, "samples/QuickStart/Program.cs")).Length;
        Assert.IsLessThan(LongestProgram, length);
    }

    // What differs between machines and runs is left out: figures, the process, clusters.
    private static string Form(string line) => Spaces().Replace(Figure().Replace(line, "#"), " ").Trim();

    private static double[] Figures(string line) => [.. Figure().Matches(line).Select(m => double.Parse(m.Value, CultureInfo.InvariantCulture))];

    private static string[] Shown()
    {
        var readme = File.ReadAllText(Path.Combine(TestPaths.Repository, "samples/QuickStart/README.md")).ReplaceLineEndings("\n");
        return Table().Match(readme).Value.Trim().Split('\n');
    }

    // Its temporary files go to the folder.
    private static (int Code, int Id, string Output) Run(string folder)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "QuickStart.dll")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var variable in new[] { "TMPDIR", "TMP", "TEMP" })
            start.Environment[variable] = folder;
        // The runtime's own files in the folder of temporary files.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd() + error.Result;
        process.WaitForExit();
        return (process.ExitCode, process.Id, output);
    }

    [GeneratedRegex(@"\d+(\.\d+)?")]
    private static partial Regex Figure();

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"trainer +ACC(.|\n)*?(?=```)")]
    private static partial Regex Table();
}
