using System.Text.RegularExpressions;
using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Tests.Documentation;

[TestClass]
public sealed partial class ReadmeScanTests
{
    private static string Section => ReadmeTests.Between(ReadmeTests.Readme, "## Choosing the number of clusters\n", "\n## ");

    [TestMethod]
    public void Example_WhenRun_PrintsWhatTheReadmeShows()
    {
        var ml = new MLContext(seed: 1);
        var data = ml.Data.LoadFromEnumerable(ReadmeExample.DrawDiscs(count: 300));
        var lines = new List<string>();
        Assert.IsNotNull(ReadmeScanExample.Run(ml, data, lines.Add));
        var shown = ReadmeTests.Between(Section, "```text\n", "```").Trim();
        // Floating point differs a little between processors.
        Assert.AreEqual(Fraction().Replace(shown, "#"), Fraction().Replace(lines.Single(), "#"));
        foreach (var (expected, actual) in Fraction().Matches(shown).Zip(Fraction().Matches(lines[0])))
            Assert.AreEqual(double.Parse(expected.Value), double.Parse(actual.Value), 0.05, lines[0]);
    }

    [GeneratedRegex(@"\d+\.\d+")]
    private static partial Regex Fraction();
}
