using Microsoft.ML.DeepClustering.Tests.Documentation;

namespace Microsoft.ML.DeepClustering.Tests.Architecture;

/// <summary>What the library takes of ML.NET's internals stands in one file, and the export to ONNX needs no package.</summary>
[TestClass]
public sealed class InternalNamesTests
{
    [TestMethod]
    [DataRow("Microsoft.ML.Model.OnnxConverter")]
    [DataRow("IgnoresAccessChecksTo")]
    public void Source_InternalNamesOfOnnx_StandInOneFile(string name)
    {
        var files = Directory.EnumerateFiles(Path.Combine(ReadmeTests.Root, "src"), "*.cs", SearchOption.AllDirectories).Where(f => File.ReadAllText(f).Contains(name, StringComparison.Ordinal));
        Assert.AreEqual("MachineLearningInternals.cs", string.Join(", ", files.Select(Path.GetFileName)));
    }

    [TestMethod]
    public void Library_References_AreWithoutOnnx()
        => Assert.DoesNotContain("onnx", string.Join(" ", typeof(DeepClusteringOptions).Assembly.GetReferencedAssemblies().Select(a => a.Name)).ToLowerInvariant());
}
