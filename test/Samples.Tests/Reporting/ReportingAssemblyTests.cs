using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.ML.DeepClustering.Reporting;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Samples.Tests.Reporting;

/// <summary>What the library holds of itself, this package holds too.</summary>
[TestClass]
public sealed class ReportingAssemblyTests
{
    private static readonly Assembly Reporting = typeof(ReportOptions).Assembly;

    [TestMethod]
    public void Numbers_HandedToLibtorch_AreHeld()
    {
        using var assembly = new CompiledAssembly(Reporting.Location);
        var calls = HeldNumbers.UnheldCalls(assembly);
        Assert.IsEmpty(calls, string.Join('\n', calls));
    }

    [TestMethod]
    public void PublicTypes_AreTheCatalogAndTheOptions()
        => CollectionAssert.AreEquivalent(new[] { typeof(ReportingCatalog), typeof(ReportOptions) }, Reporting.GetExportedTypes());

    [TestMethod]
    public void StaticFields_AreReadOnly()
    {
        var mutable = Reporting.GetTypes().Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) && !type.Name.Contains('<'))
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(f => !f.IsInitOnly && !f.IsLiteral && !f.Name.Contains('<'));
        Assert.AreEqual("", string.Join(", ", mutable.Select(f => $"{f.DeclaringType}.{f.Name}")));
    }

    [TestMethod]
    public void References_AreTheLibraryAndWhatItNeeds()
        => Assert.AreEqual("", string.Join(", ", Reporting.GetReferencedAssemblies().Select(a => a.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal) && name is not ("Microsoft.ML.DeepClustering" or "Microsoft.ML.Core" or "Microsoft.ML.Data" or "Microsoft.ML.DataView" or "TorchSharp"))));
}
