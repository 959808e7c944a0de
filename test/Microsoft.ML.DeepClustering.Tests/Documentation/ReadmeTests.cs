using System.Reflection;
using System.Text.RegularExpressions;

namespace Microsoft.ML.DeepClustering.Tests.Documentation;

/// <summary>What the README says without running it: its length, its programs, its tables, the files it names.</summary>
[TestClass]
public sealed partial class ReadmeTests
{
    private const int MaximumLines = 130;
    private const int MaximumLineLength = 220;

    internal static string Root => Readme.Root;

    [TestMethod]
    public void Lines_OfTheReadme_AreFewAndShort()
    {
        var lines = Readme.Text.TrimEnd().Split('\n');
        Assert.IsLessThanOrEqualTo(MaximumLines, lines.Length);
        Assert.IsEmpty(lines.Where(l => l.Length > MaximumLineLength).ToArray());
    }

    [TestMethod]
    public void Programs_InReadme_AreThoseThatAreCompiled()
        => CollectionAssert.AreEquivalent(Readme.ExampleFiles.Keys.Select(Readme.CodeOf).ToArray(), Readme.Programs.ToArray());

    [TestMethod]
    public void Methods_Table_HasEachTrainerOnce()
        => CollectionAssert.AreEquivalent(TrainersByOptions().Keys.ToArray(), FirstCells("Methods"));

    [TestMethod]
    public void Methods_Table_NamesOptionsThatExist()
    {
        var options = TrainersByOptions();
        foreach (var row in Rows("Methods"))
        {
            var type = options[Code().Match(row[0]).Groups[1].Value];
            foreach (Match name in Code().Matches(row[^1]))
                Assert.IsTrue(Has(type, name.Groups[1].Value.Split('(')[0].Split('.')), $"{type.Name} has no {name}");
        }
    }

    // A member, or one of a nested class or of an options object.
    private static bool Has(Type type, string[] path) => type.GetMember(path[0]).FirstOrDefault() is { } member
        && (path.Length == 1 || Has(member as Type ?? ((PropertyInfo)member).PropertyType, path[1..]));

    [TestMethod]
    public void Methods_EveryOne_HasItsFolder()
    {
        foreach (var (name, options) in TrainersByOptions())
        {
            foreach (var file in new[] { $"{options.Name}.cs", $"{name}Method.cs", $"{name}Catalog.cs" })
                Assert.IsTrue(File.Exists(Path.Combine(Root, "src/Microsoft.ML.DeepClustering/Methods", name, file)), file);
        }
    }

    [TestMethod]
    public void Columns_Table_HasTheDefaultNames()
    {
        var options = new DdcOptions();
        CollectionAssert.AreEqual(
            new[] { options.PredictedLabelColumnName, options.ScoreColumnName, options.ProbabilityColumnName, options.EmbeddingColumnName }, FirstCells("Columns"));
    }

    [TestMethod]
    public void Figures_InReadme_AreNone()
        => Assert.DoesNotMatchRegex(FigurePair(), Readme.Text, "figures of experiments belong into samples/Experiments/README.md");

    [TestMethod]
    public void Files_NamedInReadmes_Exist()
    {
        var readmes = Directory.GetDirectories(Path.Combine(Root, "samples")).Append(Root).Select(f => Path.Combine(f, "README.md")).Where(File.Exists);
        var named = readmes.SelectMany(r => RepositoryPath().Matches(File.ReadAllText(r))).Select(m => m.Value).ToArray();
        Assert.IsGreaterThan(3, named.Length);
        Assert.IsEmpty(named.Where(p => !Path.Exists(Path.Combine(Root, p))).ToArray());
    }

    // The extension methods X(catalog, XOptions), by X. The one for any options is no method.
    private static Dictionary<string, Type> TrainersByOptions()
        => typeof(DeepClusteringTrainer).Assembly.GetExportedTypes().SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Static))
            .Where(m => m.ReturnType == typeof(DeepClusteringTrainer) && m.GetParameters().Length == 2)
            .Select(m => (m.Name, Options: m.GetParameters()[1].ParameterType))
            .Where(m => m.Options.IsSubclassOf(typeof(DeepClusteringOptions)) && !m.Options.IsAbstract)
            .ToDictionary(m => m.Name, m => m.Options);

    private static string[] FirstCells(string heading) => [.. Rows(heading).Select(r => Code().Match(r[0]).Groups[1].Value)];

    // The cells of a table, without its head.
    private static IEnumerable<string[]> Rows(string heading)
        => Readme.Section(heading).Split('\n').Where(l => l.StartsWith('|')).Skip(2).Select(l => l.Trim('|', ' ').Split('|'));

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    // ACC / NMI of an experiment, such as 70.8 / 72.0.
    [GeneratedRegex(@"\d\d\.\d( ± \d+\.\d)? / \d\d\.\d")]
    private static partial Regex FigurePair();

    [GeneratedRegex(@"(?<=`)(?:build|src|test|samples)/[\w./-]+(?=`)")]
    private static partial Regex RepositoryPath();
}
