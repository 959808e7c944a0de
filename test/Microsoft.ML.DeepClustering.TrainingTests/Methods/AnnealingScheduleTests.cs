using Microsoft.ML.DeepClustering.Methods.DeepKMeans;

namespace Microsoft.ML.DeepClustering.Tests.Methods;

/// <summary>The values of α in DKM^a. The first four are printed in Moradi Fard et al. 2020, Section 4.2; the last is the recurrence in NumPy.</summary>
[TestClass]
public sealed class AnnealingScheduleTests
{
    [TestMethod]
    public void Alphas_PublishedSchedule_AreFortyIncreasingValues()
    {
        var alphas = AnnealingSchedule.Alphas;
        Assert.HasCount(40, alphas);
        double[] expected = [0.1, 0.423, 0.752, 1.078];
        for (var i = 0; i < expected.Length; i++)
            Assert.AreEqual(expected[i], alphas[i], 5e-4);
        Assert.AreEqual(28.132578147468976, alphas[^1], 1e-10);
        for (var i = 1; i < alphas.Count; i++)
            Assert.IsGreaterThan(alphas[i - 1], alphas[i]);
    }

    [TestMethod]
    [DataRow(40)]
    [DataRow(200)]
    [DataRow(400)]
    public void At_MultipleOfFortyEpochs_GivesEachValueItsShare(int epochs)
    {
        var expected = AnnealingSchedule.Alphas.SelectMany(alpha => Enumerable.Repeat(alpha, epochs / 40)).ToArray();
        CollectionAssert.AreEqual(expected, Enumerable.Range(1, epochs).Select(epoch => AnnealingSchedule.At(epoch, epochs)).ToArray());
    }

    [TestMethod]
    public void At_HundredEpochs_GivesEachValueTwoOrThree()
    {
        var lengths = Enumerable.Range(1, 100).GroupBy(epoch => AnnealingSchedule.At(epoch, 100)).Select(group => group.Count()).ToArray();
        Assert.HasCount(40, lengths);
        Assert.AreEqual(2, lengths.Min());
        Assert.AreEqual(3, lengths.Max());
    }
}
