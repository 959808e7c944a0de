using System.Globalization;
using System.Text.RegularExpressions;

namespace Microsoft.ML.DeepClustering.Tests.Documentation;

/// <summary>Stands where an example writes <c>Console</c>, so that its lines can be compared with those that the example says it prints.</summary>
internal sealed partial class ExampleConsole
{
    private readonly List<string> _lines = [];

    public void WriteLine(string line) => _lines.Add(line);

    /// <summary>
    /// Compares the lines with those that the example, and so the README, shows: words and whole numbers are the same, and each
    /// number with decimals is within the tolerance, since floating point differs a little between processors.
    /// </summary>
    public void AssertShown(string example, double tolerance)
    {
        var shown = Readme.OutputOf(example);
        Assert.IsNotEmpty(shown);
        var printed = string.Join("\n", _lines);
        Assert.AreEqual(string.Join("\n", shown.Select(WithoutDecimals)), string.Join("\n", _lines.Select(WithoutDecimals)), printed);
        foreach (var (expected, actual) in shown.SelectMany(Decimals).Zip(_lines.SelectMany(Decimals)))
            Assert.AreEqual(expected, actual, tolerance, printed);
    }

    private static string WithoutDecimals(string line) => Decimal().Replace(line, "#");

    private static IEnumerable<double> Decimals(string line) => Decimal().Matches(line).Select(m => double.Parse(m.Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"-?\d+\.\d+")]
    private static partial Regex Decimal();
}
