using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Properties;

/// <summary>What holds of every training.</summary>
[TestClass]
[DoNotParallelize]
public sealed class TrainingProperties
{
    [TestMethod]
    [TestCategory("Slow")]
    public void Fit_OnAnyNumbersWithAnyOptions_GivesSoundScoresOrSaysWhyNot()
    {
        var outcomes = new List<string>();
        PropertyCheck.Holds(TrainingCase.Arbitrary(), drawn =>
        {
            var before = NativeTensors.Live;
            outcomes.Add(Outcome(drawn));
            Assert.AreEqual(before, NativeTensors.Live, "Native tensors are left.");
        });
        Assert.IsGreaterThan(30, outcomes.Count(o => o == "sound"), string.Join("\n", outcomes));
    }

    private static string Outcome(TrainingCase drawn)
    {
        var ml = new MLContext(seed: 1);
        try
        {
            TestVectors.FitAndCheck(ml, drawn.Options(), TestVectors.View(ml, drawn.Features(), drawn.Dimensions));
            Assert.IsTrue(drawn.Rows >= drawn.Clusters && drawn.Numbers != Numbers.WithOneThatIsNotFinite, "It should have been refused.");
            return "sound";
        }
        catch (Exception error) when (Explains(error, drawn))
        {
            return error.Message;
        }
    }

    private static bool Explains(Exception error, TrainingCase drawn) => error switch
    {
        ArgumentException => drawn.Dimensions.Count(d => d > 1) < 2 && error.Message.StartsWith("Network is Convolutional, but the features are a flat vector", StringComparison.Ordinal),
        InvalidOperationException => drawn switch
        {
            { Rows: 0 } => error.Message.StartsWith("The data have no rows", StringComparison.Ordinal),
            { Numbers: Numbers.WithOneThatIsNotFinite } => error.Message.StartsWith("Row ", StringComparison.Ordinal) && error.Message.Contains("needs finite numbers", StringComparison.Ordinal),
            _ when drawn.Rows < drawn.Clusters => error.Message.StartsWith($"NumberOfClusters is {drawn.Clusters}, but the data have {drawn.Rows} row", StringComparison.Ordinal),
            _ when drawn.Options() is VadeOptions { Likelihood: VadeLikelihood.Bernoulli } && error.Message.StartsWith("Likelihood is Bernoulli", StringComparison.Ordinal) => error.Message.Contains("needs features from 0 to 1", StringComparison.Ordinal),
            _ => MayDiverge(drawn) && error.Message.StartsWith("Training gave no model: ", StringComparison.Ordinal) && error.Message.Contains("scale the features", StringComparison.Ordinal),
        },
        _ => false,
    };

    // Gradient descent without Adam's scaling does not bear everything: as DynAE has it not grey pixels of 0 to 254, as the others can have it not the
    // sum of the errors of many values.
    private static bool MayDiverge(TrainingCase drawn) => drawn.Options() switch
    {
        AutoencoderFamilyOptions { PretrainingOptimizer: OptimizerKind.Momentum } or DecFamilyOptions { Optimizer: OptimizerKind.Momentum } => true,
        DynamicAutoencoderOptions => drawn.Numbers is Numbers.Large or Numbers.Whole,
        _ => drawn.Numbers == Numbers.Large,
    };
}
