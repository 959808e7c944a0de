using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering.Tests.Training;

/// <summary>Lengths that the options leave open: by the number of rows.</summary>
[TestClass]
public sealed class LengthRuleTests
{
    private static readonly long[] Rows = [2, 31, 32, 50, 100, 150, 255, 256, 511, 512, 575, 959, 960, 961, 1000, 1797, 2047, 2048, 4095, 4096, 9298, 70_000, 10_000_000_000];

    [TestMethod]
    [DataRow(2, 2)]
    [DataRow(150, 150)]
    [DataRow(256, 256)]
    [DataRow(257, 129)]
    [DataRow(500, 250)]
    [DataRow(569, 190)]
    [DataRow(2048, 256)]
    [DataRow(2049, 256)]
    [DataRow(9298, 256)]
    public void BatchSize_OfSoManyRows_PartsThemEvenly(long rows, int expected) => Assert.AreEqual(expected, LengthRule.BatchSize(256, rows));

    [TestMethod]
    public void BatchSize_LeavesForTheLastBatchAlmostAsMany()
    {
        for (var rows = 2L; rows <= 2048; rows++)
        {
            var size = LengthRule.BatchSize(256, rows);
            var batches = (rows + size - 1) / size;
            Assert.IsTrue(size is >= 2 and <= 256 && rows - ((batches - 1) * size) > size - batches, $"{rows} rows, batches of {size}");
            Assert.AreEqual((rows + 255) / 256, batches, $"{rows} rows");
        }
    }

    [TestMethod]
    [DataRow(50, 50)]
    [DataRow(120, 120)]
    [DataRow(121, 60)]
    [DataRow(200, 100)]
    [DataRow(213, 106)]
    [DataRow(575, 115)]
    [DataRow(960, 120)]
    [DataRow(1000, 120)]
    public void FullBatchSize_OfSoManyRows_PartsThemEvenly(long rows, int expected) => Assert.AreEqual(expected, LengthRule.FullBatchSize(120, rows));

    [TestMethod]
    public void FullBatchSize_LeavesOutFewerRowsThanThereAreBatches()
    {
        for (var rows = 2L; rows <= 960; rows++)
        {
            var size = LengthRule.FullBatchSize(120, rows);
            Assert.IsTrue(size is >= 2 and <= 120 && rows % size < Math.Max(2, rows / size), $"{rows} rows, batches of {size}");
        }
    }

    [TestMethod]
    public void Epochs_HaveTheLeastSteps_AndNotAnEpochMoreThanNeeded()
    {
        foreach (var rows in Rows)
        {
            var size = LengthRule.BatchSize(256, rows);
            var epochs = LengthRule.Epochs(50, 400, rows, size);
            // The last batch counts where it has half the rows of the others.
            var batches = Math.Max(1, (rows / size) + (2 * (rows % size) > size ? 1 : 0));
            Assert.IsTrue(epochs >= 50 && epochs * batches >= 400, $"{rows} rows: {epochs} epochs of {batches} batches");
            Assert.IsTrue(epochs == 50 || (epochs - 1) * batches < 400, $"{rows} rows: {epochs} epochs of {batches} batches");
        }
    }

    [TestMethod]
    [DataRow(569, 134)]
    [DataRow(200, 400)]
    public void Epochs_OfFewRows_Have400Steps(long rows, int expected) => Assert.AreEqual(expected, LengthRule.Epochs(50, 400, rows, LengthRule.BatchSize(256, rows)));

    [TestMethod]
    public void Epochs_OfTheSmallestSetOfThePapers_AreThePapers()
    {
        Assert.AreEqual(50, LengthRule.Epochs(50, 400, 9298, 256));
        Assert.AreEqual(0, LengthRule.Epochs(0, 400, 100, 32));
    }
}
