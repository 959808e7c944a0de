using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Estimators;

/// <summary>Every method on every kind of hard data: no crash, no silent NaN.</summary>
[TestClass]
public sealed class DegenerateDataTests
{
    public static IEnumerable<object[]> VectorCases => Cases(DegenerateData.Vectors.Keys);

    public static IEnumerable<object[]> ImageCases => Cases(DegenerateData.Images.Keys);

    [TestMethod]
    [TestCategory("Slow")]
    [DynamicData(nameof(VectorCases))]
    public void Fit_HardVectors_GivesSoundScoresOrSaysThatThereIsNoModel(string data, string method) => Check(DegenerateData.Vectors[data](), method);

    [TestMethod]
    [TestCategory("Slow")]
    [DynamicData(nameof(ImageCases))]
    public void Fit_HardImages_GivesSoundScoresOrSaysThatThereIsNoModel(string data, string method) => Check(DegenerateData.Images[data](), method);

    private static void Check(DegenerateData data, string method)
    {
        var ml = new MLContext(seed: 1);
        var options = TestMethods.Options(method);
        (options.NumberOfClusters, options.BatchSize) = (data.Clusters, data.BatchSize);
        (options.RecordPerformance, options.RecordMismatch, options.LabelColumnName) = (true, true, "Label");
        try
        {
            TestVectors.FitAndCheck(ml, options, TestVectors.View(ml, data.Features, data.Dimensions));
        }
        catch (InvalidOperationException none) when ((data.MayDiverge || (data.IsUnscaled && options is DynamicAutoencoderOptions)) && none.Message.StartsWith("Training gave no model: ", StringComparison.Ordinal))
        {
            StringAssert.Contains(none.Message, "scale the features");
        }
    }

    private static IEnumerable<object[]> Cases(IEnumerable<string> data)
        => data.SelectMany(name => MethodNames.OptionTypes.Keys.Select(method => new object[] { name, method }));
}
