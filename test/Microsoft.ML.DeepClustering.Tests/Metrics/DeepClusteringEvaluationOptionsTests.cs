namespace Microsoft.ML.DeepClustering.Tests.Metrics;

[TestClass]
public sealed class DeepClusteringEvaluationOptionsTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Options_New_HaveTheDefaultsOfTheirDocumentation()
    {
        var options = new DeepClusteringEvaluationOptions();

        Assert.IsNull(options.LabelColumnName);
        Assert.AreEqual("PredictedLabel", options.PredictedLabelColumnName);
        Assert.AreEqual(MutualInformationAveraging.Arithmetic, options.Averaging);
        Assert.IsNull(options.EmbeddingColumnName);
        Assert.AreEqual(4000, options.SilhouetteRowCount);
        Assert.AreEqual((0, false, "Features"), (options.Seed, options.CompareWithKMeans, options.FeatureColumnName));
    }

    [TestMethod]
    public void Evaluate_OptionsOutOfRange_NamesAllFaults()
    {
        var options = new DeepClusteringEvaluationOptions
        {
            LabelColumnName = "",
            PredictedLabelColumnName = null!,
            Averaging = (MutualInformationAveraging)7,
            EmbeddingColumnName = "",
            SilhouetteRowCount = -1,
        };

        var error = Assert.ThrowsExactly<ArgumentException>(() => Evaluate(options));

        StringAssert.StartsWith(error.Message, "The options of EvaluateDeepClustering cannot be used.");
        StringAssert.Contains(error.Message, "LabelColumnName is \"\"; it must be the name of a column, or null");
        StringAssert.Contains(error.Message, "PredictedLabelColumnName is null; it must be the name of a column.");
        StringAssert.Contains(error.Message, "Averaging is 7; it must be one of Arithmetic, Geometric.");
        StringAssert.Contains(error.Message, "EmbeddingColumnName is \"\"; it must be");
        StringAssert.Contains(error.Message, "SilhouetteRowCount is -1; it must be 0 or more.");
    }

    [TestMethod]
    public void Evaluate_OneFault_NamesOnlyThat()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => Evaluate(new() { PredictedLabelColumnName = "" }));

        Assert.AreEqual("The options of EvaluateDeepClustering cannot be used. PredictedLabelColumnName is \"\"; it must be the name of a column.", error.Message);
    }

    [TestMethod]
    public void Evaluate_NoOptions_IsRefused()
        => Assert.AreEqual("options", Assert.ThrowsExactly<ArgumentNullException>(() => Evaluate(null!)).ParamName);

    private DeepClusteringMetrics Evaluate(DeepClusteringEvaluationOptions options)
        => _ml.Clustering.EvaluateDeepClustering(_ml.Data.LoadFromEnumerable(Array.Empty<MeasureCaseTests.CaseRow>()), options);
}
