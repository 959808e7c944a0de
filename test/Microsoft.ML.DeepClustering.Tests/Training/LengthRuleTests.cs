using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering.Tests.Training;

/// <summary>Lengths that the options leave open: by the number of rows.</summary>
[TestClass]
public sealed class LengthRuleTests
{
    private static readonly long[] Rows = [2, 31, 32, 50, 100, 150, 255, 256, 511, 512, 575, 959, 960, 961, 1000, 1797, 2047, 2048, 4095, 4096, 9298, 70_000, 10_000_000_000];

    [TestMethod]
    [DataRow(150, 64)]
    [DataRow(511, 64)]
    [DataRow(512, 64)]
    [DataRow(1023, 64)]
    [DataRow(1024, 128)]
    [DataRow(2047, 128)]
    [DataRow(2048, 256)]
    [DataRow(9298, 256)]
    public void BatchSize_OfSoManyRows_IsAnEighthOrLess(long rows, int expected) => Assert.AreEqual(expected, LengthRule.BatchSize(256, rows));

    [TestMethod]
    public void BatchSize_OfMoreRows_IsNeverSmaller()
        => CollectionAssert.AreEqual(Rows.Select(r => LengthRule.BatchSize(256, r)).Order().ToArray(), Rows.Select(r => LengthRule.BatchSize(256, r)).ToArray());

    [TestMethod]
    [DataRow(50, 50)]
    [DataRow(120, 120)]
    [DataRow(121, 60)]
    [DataRow(200, 100)]
    [DataRow(213, 106)]
    [DataRow(575, 115)]
    [DataRow(960, 120)]
    [DataRow(1000, 120)]
    public void EvenBatchSize_OfSoManyRows_PartsThemEvenly(long rows, int expected) => Assert.AreEqual(expected, LengthRule.EvenBatchSize(120, rows));

    [TestMethod]
    public void EvenBatchSize_LeavesOutFewerRowsThanThereAreBatches()
    {
        for (var rows = 2L; rows <= 960; rows++)
        {
            var size = LengthRule.EvenBatchSize(120, rows);
            Assert.IsTrue(size is >= 2 and <= 120 && rows % size < Math.Max(2, rows / size), $"{rows} rows, batches of {size}");
        }
    }

    [TestMethod]
    public void Epochs_HaveAtLeast400Steps_AndNotAnEpochMoreThanNeeded()
    {
        foreach (var rows in Rows)
        {
            var size = LengthRule.BatchSize(256, rows);
            var (epochs, batches) = (LengthRule.Epochs(50, rows, size), Math.Max(1, rows / size));
            Assert.IsTrue(epochs >= 50 && epochs * batches >= 400, $"{rows} rows: {epochs} epochs of {batches} batches");
            Assert.IsTrue(epochs == 50 || (epochs - 1) * batches < 400, $"{rows} rows: {epochs} epochs of {batches} batches");
        }
    }

    [TestMethod]
    public void Epochs_OfTheSmallestSetOfThePapers_AreThePapers()
    {
        Assert.AreEqual(50, LengthRule.Epochs(50, 9298, 256));
        Assert.AreEqual(0, LengthRule.Epochs(0, 100, 32));
    }
}
