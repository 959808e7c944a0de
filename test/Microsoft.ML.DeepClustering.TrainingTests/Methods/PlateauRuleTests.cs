using Microsoft.ML.DeepClustering.Methods.Pretraining;

namespace Microsoft.ML.DeepClustering.Tests.Methods;

[TestClass]
public sealed class PlateauRuleTests
{
    // Of 30 batches an epoch the means are over 10 epochs.
    private const int Batches = 30;

    [TestMethod]
    [DataRow(0.995, true)]
    [DataRow(0.985, false)]
    [DataRow(1.5, true)]
    public void IsReached_AfterAFall_IsSoWithinAHundredth(double fallen, bool expected)
        => Assert.AreEqual(expected, PlateauRule.IsReached([.. Flat(7, 10), .. Flat(2, 10), .. Flat(2 * fallen, 10)], Batches));

    [TestMethod]
    public void IsReached_BeforeTwoSpansOfEpochs_IsNotSo()
    {
        Assert.IsFalse(PlateauRule.IsReached([], Batches));
        Assert.IsFalse(PlateauRule.IsReached(Flat(1, 19), Batches));
        Assert.IsTrue(PlateauRule.IsReached(Flat(1, 20), Batches));
    }

    [TestMethod]
    [DataRow(1, 600)]
    [DataRow(7, 86)]
    [DataRow(1000, 20)]
    public void IsReached_OfSoManyBatches_LooksAt300StepsOr10Epochs(int batches, int epochs)
    {
        Assert.IsFalse(PlateauRule.IsReached(Flat(1, epochs - 1), batches));
        Assert.IsTrue(PlateauRule.IsReached(Flat(1, epochs), batches));
    }

    [TestMethod]
    public void IsReached_WhileTheErrorHalves_IsNotSo()
        => Assert.IsFalse(PlateauRule.IsReached([.. Enumerable.Range(0, 40).Select(i => Math.Pow(0.5, i))], Batches));

    private static double[] Flat(double error, int epochs) => [.. Enumerable.Repeat(error, epochs)];
}
