using System.Text.Json;
using Microsoft.ML.DeepClustering.Checkpoints;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Persistence;
using Microsoft.ML.DeepClustering.Tests.Persistence;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Checkpoints;

/// <summary>A checkpoint that a former version left is taken up by options of the same values, and by no others.</summary>
[TestClass]
public sealed class TrainingIdentityTests
{
    // As version 0.1.0 wrote it, for all but the companion at the defaults of the method.
    private const string FlatCompanion =
        """{ "Kernel": "Naive", "CompanionWeight": 0.3, "Weighting": "Linear", "Grassmann": "SmallerSide", "Tap": "AfterPooling", "Bandwidth": "MedianOfDistances" }""";

    public static IEnumerable<object[]> Methods => GoldenFilesTests.FormerMethods.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void DifferencesFrom_OptionsOfTheFormerFormat_AreNone(string method)
    {
        var file = File.ReadAllBytes(Path.Combine(GoldenFilesTests.Folder, "Format1", method + ".Options.json"));
        using var former = JsonDocument.Parse(file);
        var saved = former.RootElement.GetProperty("Options");
        var options = OptionsEntry.Read(file).Options;
        CollectionAssert.AreEqual(Array.Empty<string>(), Differences(options, saved));
        options.LearningRate = 0.25;
        StringAssert.StartsWith(Differences(options, saved).Single(), "LearningRate is 0.25, and was ");
    }

    [TestMethod]
    [DataRow(typeof(DdcUcoOptions))]
    [DataRow(typeof(DecUcoOptions))]
    public void DifferencesFrom_FlatCompanion_AreThoseOfItsValues(Type type)
    {
        using var flat = JsonDocument.Parse(FlatCompanion);
        var options = (DeepClusteringOptions)Activator.CreateInstance(type)!;
        if (options is DdcUcoOptions ddc)
            ddc.Bandwidth = BandwidthRule.MedianOfDistances;
        var companion = options is DdcUcoOptions uco ? uco.Companion : ((DecUcoOptions)options).Companion;
        (companion.Kernel, companion.Weight, companion.Weighting) = (CompanionKernel.Naive, 0.3, CompanionWeighting.Linear);
        (companion.Grassmann, companion.Tap, companion.Bandwidth) = (GrassmannRule.SmallerSide, FirstBlockTap.AfterPooling, BandwidthRule.MedianOfDistances);
        CollectionAssert.AreEqual(Array.Empty<string>(), Differences(options, flat.RootElement));
        companion.Weight = 0.2;
        StringAssert.StartsWith(Differences(options, flat.RootElement).Single(), "Companion is {");
    }

    [TestMethod]
    public void DifferencesFrom_ValueThatThisVersionDoesNotKnow_IsOne()
    {
        using var newer = JsonDocument.Parse("""{ "Temperature": 2 }""");
        CollectionAssert.AreEqual(new[] { "Temperature is not there, and was 2" }, Differences(new DdcOptions(), newer.RootElement));
    }

    [TestMethod]
    public void DifferencesFrom_OptionThatIsWrittenOnlyWhereItIsSet_NamesTheDefault()
    {
        var sloped = EntryJson.Model.ToElement(new DecOptions { NegativeSlope = 0.1 });
        CollectionAssert.AreEqual(new[] { "NegativeSlope is the default, and was 0.1" }, Differences(new DecOptions(), sloped));
        CollectionAssert.AreEqual(new[] { "NegativeSlope is 0.2, and was the default" }, Differences(new DecOptions { NegativeSlope = 0.2 }, EntryJson.Model.ToElement(new DecOptions())));
    }

    private static string[] Differences(DeepClusteringOptions options, JsonElement saved)
    {
        using var data = new MemoryRows(ones(new long[] { 4, 2 }, dtype: ScalarType.Float32, device: CPU));
        var identity = TrainingIdentity.Compute(options, new InputShape([2]), data, classes: null);
        return [.. identity.DifferencesFrom(identity with { Options = saved }, options)];
    }
}
