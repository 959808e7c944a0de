using System.Reflection;

namespace Microsoft.ML.DeepClustering.Tests.StandIns;

[TestClass]
public sealed class ConformityTests
{
    private static readonly Lazy<ConformityApi> Api = new(() => ConformityApi.Read(Path.Combine(RepositoryRoot, "build", "standins", "api")));

    public required TestContext TestContext { get; init; }

    private static string RepositoryRoot => typeof(ConformityTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "RepositoryRoot").Value!;

    [TestMethod]
    [DataRow("Microsoft.ML.DataView")]
    [DataRow("Microsoft.ML.Core")]
    [DataRow("Microsoft.ML.Data")]
    [DataRow("Microsoft.ML.Transforms")]
    [DataRow("Microsoft.ML.KMeansClustering")]
    [DataRow("TorchSharp")]
    public void PublicSurface_OfStandIn_IsPartOfTheRealOne(string name)
    {
        if (RealLibrariesAreLoaded)
        {
            TestContext.WriteLine("The real packages are in use; there is no stand-in to compare.");
            return;
        }

        var types = ConformityLines.VisibleTypes(Assembly.Load(name)).ToList();
        var differences = ConformityComparison.Differences(name, types, Api.Value);

        Assert.AreNotEqual(0, types.Count);
        Assert.AreEqual(0, differences.Count, $"{name} has {differences.Count} differences:\n{string.Join("\n", differences)}");
    }

    [TestMethod]
    [DataRow("Microsoft.ML.DataView", "Microsoft.ML.DataViewSchema+Column", "struct")]
    [DataRow("Microsoft.ML.Core", "Microsoft.ML.IEstimator`1<TTransformer>", "interface")]
    [DataRow("Microsoft.ML.Data", "Microsoft.ML.ClusteringCatalog", "sealed class")]
    [DataRow("Microsoft.ML.Transforms", "Microsoft.ML.NormalizationCatalog", "static class")]
    [DataRow("Microsoft.ML.KMeansClustering", "Microsoft.ML.Trainers.KMeansTrainer+InitializationAlgorithm", "enum")]
    [DataRow("TorchSharp", "TorchSharp.torch+Tensor", "class")]
    public void RecordedSurface_OfEveryLibrary_IsRead(string assembly, string type, string kind)
        => Assert.AreEqual(kind, Api.Value.Find(assembly, type)?.Kind);

    [TestMethod]
    public void RecordedSurface_EveryType_HasOneDeclaration()
    {
        var without = Api.Value.Types.Where(t => t.Declaration.Length == 0).Select(t => t.Name).ToList();

        Assert.AreEqual("", string.Join(", ", without));
    }

    // ML.NET's assemblies are signed, the stand-ins are not, and all libraries come from the same source.
    private static bool RealLibrariesAreLoaded => Assembly.Load("Microsoft.ML.Core").GetName().GetPublicKeyToken() is { Length: > 0 };
}
