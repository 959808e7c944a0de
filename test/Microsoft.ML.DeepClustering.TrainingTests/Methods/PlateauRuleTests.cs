using Microsoft.ML.DeepClustering.Methods.Pretraining;

namespace Microsoft.ML.DeepClustering.Tests.Methods;

/// <summary>When a reconstruction error has stopped falling.</summary>
[TestClass]
public sealed class PlateauRuleTests
{
    // Of 30 batches an epoch the means are over 10 epochs.
    private const int Batches = 30;

    [TestMethod]
    [DataRow(1.98, true)]
    [DataRow(1.97, false)]
    [DataRow(3, true)]
    public void IsReached_AfterAFall_IsSoWithinHalfAHundredthOfWhatThereIsToLearn(double error, bool expected)
        => Assert.AreEqual(expected, PlateauRule.IsReached([.. Flat(7, 10), .. Flat(2, 10), .. Flat(error, 10)], Batches, errorOfMean: 5));

    [TestMethod]
    public void IsReached_BeforeTwoSpansOfEpochs_IsNotSo()
    {
        Assert.IsFalse(PlateauRule.IsReached([], Batches, 1));
        Assert.IsFalse(PlateauRule.IsReached(Flat(1, 19), Batches, 1));
        Assert.IsTrue(PlateauRule.IsReached(Flat(1, 20), Batches, 1));
    }

    [TestMethod]
    [DataRow(1, 200)]
    [DataRow(7, 30)]
    [DataRow(1000, 20)]
    public void IsReached_OfSoManyBatches_LooksAt100StepsOr10Epochs(int batches, int epochs)
    {
        Assert.IsFalse(PlateauRule.IsReached(Flat(1, epochs - 1), batches, 1));
        Assert.IsTrue(PlateauRule.IsReached(Flat(1, epochs), batches, 1));
    }

    private static double[] Flat(double error, int epochs) => [.. Enumerable.Repeat(error, epochs)];
}
