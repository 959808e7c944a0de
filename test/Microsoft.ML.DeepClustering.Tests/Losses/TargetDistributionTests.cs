using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Tests.Support;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Losses;

/// <summary>The target P that sharpens soft assignments. Golden numbers: the equation written out in NumPy, in float64, on the inputs of <see cref="TestTensors"/>.</summary>
[TestClass]
public sealed class TargetDistributionTests
{
    // Q: (6, 3)
    private static Tensor Assignments => StudentAssignment.Compute(CentroidDistance.Squared(TestTensors.Wave(6, 4).Times(2.0), TestTensors.Noise(3, 4)));

    [TestMethod]
    public void Compute_GoldenInput_MatchesTheEquation()
    {
        using var scope = NewDisposeScope();
        var p = TargetDistribution.Compute(Assignments);
        TestTensors.AreClose([0.1786125084928124, 0.3633858082436629, 0.4580016832635246], p[0], 1e-9);
        TestTensors.AreClose([0.4893377046227926, 0.2794054485116305, 0.2312568468655776], p[5], 1e-9);
    }

    [TestMethod]
    public void Compute_NaiveLoops_Agree()
    {
        using var scope = NewDisposeScope();
        var a = TestTensors.Assignments(8, 4);
        TestTensors.AreClose(NaiveTarget(TestTensors.Values(a).Chunk(4).ToArray()).Cast<double>().ToArray(), TargetDistribution.Compute(a), 1e-12);
    }

    [TestMethod]
    public void Balanced_GoldenInput_MatchesTheEquation()
    {
        using var scope = NewDisposeScope();
        var p = TargetDistribution.Balanced(TestTensors.Assignments(6, 3));
        TestTensors.AreClose([0.21330535437424775, 0.7439999902658817, 0.04269465535987049], p[0], 1e-12);
        TestTensors.AreClose([0.44218482632495043, 0.5307546313307121, 0.027060542344337316], p[5], 1e-12);
    }

    [TestMethod]
    public void Balanced_NaiveLoopsWithWeights_Agree()
    {
        using var scope = NewDisposeScope();
        var q = TestTensors.Values(TestTensors.Assignments(5, 3)).Chunk(3).ToArray();
        double[] weights = [0.5, 1.5, 1, 0.25, 1.75];
        double Share(int i, int j) => q[i][j] / Math.Sqrt(Enumerable.Range(0, 5).Sum(row => weights[row] * q[row][j]));
        var expected = from i in Enumerable.Range(0, 5) from j in Enumerable.Range(0, 3) select Share(i, j) / Enumerable.Range(0, 3).Sum(column => Share(i, column));
        TestTensors.AreClose([.. expected], TargetDistribution.Balanced(TestTensors.Assignments(5, 3), tensor(weights)), 1e-12);
    }

    [TestMethod]
    public void Balanced_UnevenClusters_GivesMoreToTheSmallOnes()
    {
        using var scope = NewDisposeScope();
        var q = tensor(new[,] { { 0.9, 0.1 }, { 0.8, 0.2 }, { 0.7, 0.3 } });
        var p = TargetDistribution.Balanced(q);
        Assert.IsTrue((p - q).select(1, 1).IsAbove(0).all().item<bool>());
        Assert.IsFalse(TargetDistribution.Balanced(q.requires_grad_(true)).requires_grad);
    }

    [TestMethod]
    [DataRow(0, new long[] { 3, 1, 5, 0, 4, 2 })]
    [DataRow(1, new long[] { 2, 0, 1 })]
    public void Balanced_PermutedBatchOrClusters_PermutesRowsOrColumns(int dim, long[] order)
    {
        using var scope = NewDisposeScope();
        var (q, places) = (Assignments, tensor(order));
        TestTensors.AreClose(TestTensors.Values(TargetDistribution.Balanced(q).index_select(dim, places)), TargetDistribution.Balanced(q.index_select(dim, places)), 1e-12);
    }

    [TestMethod]
    public void Compute_AnyInput_HasRowsOfSumOne()
    {
        using var scope = NewDisposeScope();
        TestTensors.AreClose(Enumerable.Repeat(1.0, 6).ToArray(), TargetDistribution.Compute(Assignments).sum(dim: 1L), 1e-12);
    }

    [TestMethod]
    public void Compute_AssignmentsWithGradient_PassesNoneOn()
    {
        using var scope = NewDisposeScope();
        Assert.IsFalse(TargetDistribution.Compute(Assignments.requires_grad_(true)).requires_grad);
    }

    [TestMethod]
    [DataRow(0, new long[] { 3, 1, 5, 0, 4, 2 })]
    [DataRow(1, new long[] { 2, 0, 1 })]
    public void Compute_PermutedBatchOrClusters_PermutesRowsOrColumns(int dim, long[] order)
    {
        using var scope = NewDisposeScope();
        var (q, places) = (Assignments, tensor(order));
        TestTensors.AreClose(TestTensors.Values(TargetDistribution.Compute(q).index_select(dim, places)), TargetDistribution.Compute(q.index_select(dim, places)), 1e-12);
    }

    [TestMethod]
    public void Compute_ClusterOfNobody_IsZeroThere()
    {
        using var scope = NewDisposeScope();
        var q = tensor(new[,] { { 1.0, 0 }, { 1, 0 }, { 1, 0 }, { 1, 0 } });
        TestTensors.AreClose([1, 0, 1, 0, 1, 0, 1, 0], TargetDistribution.Compute(q), 0);
    }

    [TestMethod]
    public void Compute_HalfOfTheData_IsNotHalfOfTheTarget()
    {
        // The cluster sizes of the whole differ from those of the half: the largest difference is 0.0553.
        using var scope = NewDisposeScope();
        var q = Assignments;
        var halves = cat([TargetDistribution.Compute(q.narrow(0, 0, 3)), TargetDistribution.Compute(q.narrow(0, 3, 3))]);
        Assert.AreEqual(0.0553029421372902, TestTensors.Value((halves - TargetDistribution.Compute(q)).abs().max()), 1e-9);
    }

    private static double[,] NaiveTarget(double[][] q)
    {
        int n = q.Length, k = q[0].Length;
        double Weight(int i, int j) => q[i][j] * q[i][j] / Enumerable.Range(0, n).Sum(row => q[row][j]);
        var p = new double[n, k];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < k; j++)
                p[i, j] = Weight(i, j) / Enumerable.Range(0, k).Sum(column => Weight(i, column));
        }

        return p;
    }
}
