using Microsoft.ML.DeepClustering.Methods.Pretraining;

namespace Microsoft.ML.DeepClustering.Tests.Methods;

[TestClass]
public sealed class PlateauRuleTests
{
    // Of 20 batches an epoch the means are over 5 epochs.
    private const int Batches = 20;

    [TestMethod]
    [DataRow(0.995, true)]
    [DataRow(0.985, false)]
    [DataRow(1.5, true)]
    public void IsReached_AfterAFall_IsSoWithinAHundredth(double fallen, bool expected)
        => Assert.AreEqual(expected, PlateauRule.IsReached([.. Flat(7, 10), .. Flat(2, 5), .. Flat(2 * fallen, 5)], Batches));

    [TestMethod]
    public void IsReached_BeforeTwoSpansOfEpochs_IsNotSo()
    {
        Assert.IsFalse(PlateauRule.IsReached([], Batches));
        Assert.IsFalse(PlateauRule.IsReached(Flat(1, 9), Batches));
        Assert.IsTrue(PlateauRule.IsReached(Flat(1, 10), Batches));
    }

    [TestMethod]
    [DataRow(1, 200)]
    [DataRow(3, 68)]
    [DataRow(1000, 10)]
    public void IsReached_OfSoManyBatches_LooksAt100StepsOr5Epochs(int batches, int epochs)
    {
        Assert.IsFalse(PlateauRule.IsReached(Flat(1, epochs - 1), batches));
        Assert.IsTrue(PlateauRule.IsReached(Flat(1, epochs), batches));
    }

    [TestMethod]
    public void IsReached_WhileTheErrorHalves_IsNotSo()
        => Assert.IsFalse(PlateauRule.IsReached([.. Enumerable.Range(0, 40).Select(i => Math.Pow(0.5, i))], Batches));

    private static double[] Flat(double error, int epochs) => [.. Enumerable.Repeat(error, epochs)];
}
