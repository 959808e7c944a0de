using System.Text.Json;
using Microsoft.ML.DeepClustering.Persistence;

namespace Microsoft.ML.DeepClustering.Tests.Persistence;

/// <summary>What former versions saved under other names; the golden files of format 1 have the default values, these have others.</summary>
[TestClass]
public sealed class FormerOptionsTests
{
    [TestMethod]
    public void Upgrade_NamesOfAFormerVersion_BecomeThePresentOnes()
    {
        var options = (DecOptions)Read(typeof(DecOptions), """{ "RefreshInterval": 7, "RefreshUnit": "Epochs", "NumberOfKMeansStarts": 3, "NumberOfEpochs": 9 }""");
        Assert.AreEqual((7, UpdateUnit.Epochs, 3, 9), (options.UpdateInterval, options.UpdateUnit, options.KMeansRestarts, options.NumberOfEpochs));
        Assert.AreEqual(2, ((CenteringOptions)Read(typeof(CenteringOptions), """{ "NumberOfReinitializationStarts": 2 }""")).ReinitializationRestarts);
    }

    [TestMethod]
    public void Upgrade_FlatCompanion_BecomesOptionsWithinOptions()
    {
        const string flat = """{ "Kernel": "Naive", "CompanionWeight": 0.3, "Weighting": "Linear", "Grassmann": "SmallerSide", "Bandwidth": "MedianOfDistances", "Tap": "AfterPooling" }""";
        var ddc = (DdcUcoOptions)Read(typeof(DdcUcoOptions), flat);
        var dec = (DecUcoOptions)Read(typeof(DecUcoOptions), flat);
        foreach (var companion in new[] { ddc.Companion, dec.Companion })
        {
            Assert.AreEqual(
                (CompanionKernel.Naive, 0.3, CompanionWeighting.Linear, GrassmannRule.SmallerSide, BandwidthRule.MedianOfDistances, FirstBlockTap.AfterPooling),
                (companion.Kernel, companion.Weight, companion.Weighting, companion.Grassmann, companion.Bandwidth, companion.Tap));
        }

        Assert.AreEqual(BandwidthRule.MedianOfDistances, ddc.Bandwidth, "the one bandwidth was that of all kernels");
    }

    [TestMethod]
    [DataRow(typeof(DdcUcoOptions), "Bandwidth,Companion")]
    [DataRow(typeof(DecUcoOptions), "Companion")]
    public void Upgrade_FlatCompanion_LeavesOnlyNamesThatTheMethodStillHas(Type type, string names)
    {
        using var flat = JsonDocument.Parse("""{ "CompanionWeight": 0.3, "Weighting": "Linear", "Bandwidth": "MedianOfDistances" }""");
        var left = FormerOptions.Upgrade(flat.RootElement, EntryJson.Model.NamesOf(type)).EnumerateObject().Select(v => v.Name);
        CollectionAssert.AreEqual(names.Split(','), left.ToArray());
    }

    [TestMethod]
    public void Upgrade_DepictWithoutFirstClusters_HasThoseOfKMeans()
    {
        Assert.AreEqual(DepictFirstClusters.KMeans, ((DepictOptions)Read(typeof(DepictOptions), """{ "KMeansRestarts": 2 }""")).FirstClusters);
        Assert.AreEqual(DepictFirstClusters.PathIntegral, ((DepictOptions)Read(typeof(DepictOptions), """{ "FirstClusters": "PathIntegral" }""")).FirstClusters);
    }

    [TestMethod]
    public void Upgrade_EmptyLabelColumn_IsNone()
    {
        Assert.IsNull(((DdcOptions)Read(typeof(DdcOptions), """{ "LabelColumnName": "" }""")).LabelColumnName);
        Assert.AreEqual("Class", ((DdcOptions)Read(typeof(DdcOptions), """{ "LabelColumnName": "Class" }""")).LabelColumnName);
    }

    [TestMethod]
    public void Upgrade_PresentNames_AreLeftAsTheyAre()
    {
        using var present = JsonDocument.Parse("""{ "Companion": { "Weight": 0.3 }, "Bandwidth": "MedianOfDistances", "KMeansRestarts": 2 }""");
        Assert.AreEqual(present.RootElement.GetRawText(), FormerOptions.Upgrade(present.RootElement, EntryJson.Model.NamesOf(typeof(DdcUcoOptions))).GetRawText());
    }

    [TestMethod]
    [DataRow("""{ "KMeansRestarts": 2, "NumberOfKMeansStarts": 3 }""")]
    [DataRow("""{ "Companion": { "Weight": 0.3 }, "CompanionWeight": 0.2 }""")]
    public void Upgrade_ValueByBothNames_IsRefused(string options)
    {
        using var both = JsonDocument.Parse(options);
        Assert.Throws<JsonException>(() => FormerOptions.Upgrade(both.RootElement, EntryJson.Model.NamesOf(typeof(DdcUcoOptions))));
    }

    private static object Read(Type type, string options)
    {
        using var parsed = JsonDocument.Parse(options);
        return EntryJson.Model.FromElement(FormerOptions.Upgrade(parsed.RootElement, EntryJson.Model.NamesOf(type)), type);
    }
}
