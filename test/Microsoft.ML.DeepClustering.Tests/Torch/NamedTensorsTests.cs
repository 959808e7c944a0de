using System.Text.RegularExpressions;
using Microsoft.ML.DeepClustering.Tests.Documentation;

namespace Microsoft.ML.DeepClustering.Tests.Torch;

/// <summary>The source names the dtype and device of each tensor that it makes, and touches nothing that is the whole process's.</summary>
[TestClass]
public sealed partial class NamedTensorsTests
{
    [TestMethod]
    public void Source_EachFactory_NamesDtypeAndDevice()
    {
        var calls = 0;
        foreach (var (file, text) in Sources())
        {
            foreach (Match match in Factory().Matches(text))
            {
                var arguments = Arguments(text, match.Index + match.Length);
                calls++;
                Assert.IsTrue(
                    arguments.Contains("dtype:", StringComparison.Ordinal) && arguments.Contains("device:", StringComparison.Ordinal),
                    $"{file}: {match.Value}{arguments}");
            }
        }

        Assert.IsGreaterThan(30, calls);
    }

    [TestMethod]
    public void Source_EachDraw_NamesItsGenerator()
    {
        foreach (var (file, text) in Sources())
        {
            foreach (Match match in Drawing().Matches(text))
                StringAssert.Contains(Arguments(text, match.Index + match.Length), "generator:", file);
        }
    }

    [TestMethod]
    public void Source_WhatIsTheProcesss_IsLeftAlone()
    {
        foreach (var (file, text) in Sources())
        {
            Assert.DoesNotMatchRegex(OfProcess(), text, file);
            if (!file.EndsWith("ThreadCount.cs", StringComparison.Ordinal))
                Assert.DoesNotMatchRegex(Threads(), text, file);
            if (!file.EndsWith("Layers.cs", StringComparison.Ordinal))
                Assert.DoesNotMatchRegex(DrawnLayers(), text, file);
        }
    }

    private static IEnumerable<(string File, string Text)> Sources()
        => from file in Directory.EnumerateFiles(Path.Combine(ReadmeTests.Root, "src"), "*.cs", SearchOption.AllDirectories)
           let text = Comments().Replace(File.ReadAllText(file), "")
           where text.Contains("TorchSharp", StringComparison.Ordinal)
           select (file, text);

    // Up to the parenthesis that closes the call.
    private static string Arguments(string text, int start)
    {
        var (end, open) = (start, 1);
        for (; open > 0; end++)
            open += text[end] == '(' ? 1 : text[end] == ')' ? -1 : 0;
        return text[start..end];
    }

    [GeneratedRegex(@"//.*")]
    private static partial Regex Comments();

    [GeneratedRegex(@"(?<![\w.])(torch\.)?(empty|zeros|ones|full|eye|arange|linspace|logspace|tensor|as_tensor|from_array|frombuffer|rand|randn|randint|randperm|normal|bernoulli)\(")]
    private static partial Regex Factory();

    [GeneratedRegex(@"(?<![\w.])(torch\.)?(rand|randn|randint|randperm|normal|bernoulli|multinomial)\(|\.(uniform_|normal_|random_|bernoulli_|exponential_|multinomial|bernoulli)\(")]
    private static partial Regex Drawing();

    [GeneratedRegex(@"set_default_|manual_seed|Generator\.Default|random\.seed|[dD]ropout[123]?d?\(|nn\.init\.")]
    private static partial Regex OfProcess();

    [GeneratedRegex(@"set_num_")]
    private static partial Regex Threads();

    [GeneratedRegex(@"nn\.(Linear|Conv\w*|BatchNorm\w*|LayerNorm|Embedding|Bilinear|GRU|LSTM)\(")]
    private static partial Regex DrawnLayers();
}
