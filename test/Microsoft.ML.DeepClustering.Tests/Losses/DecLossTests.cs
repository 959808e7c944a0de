#nullable disable
using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.DeepClustering.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Losses;

/// <summary>The loss of DEC: soft assignments Q, their target P and KL(P || Q).</summary>
[TestClass]
public sealed class DecLossTests
{
    // z: (6, 4), r: (3, 4)
    private static Tensor Embeddings => TestTensors.Wave(6, 4).Times(2.0);

    private static Tensor Centroids => TestTensors.Noise(3, 4);

    [TestMethod]
    public void StudentAssignment_GoldenInput_MatchesNumpy()
    {
        using var scope = NewDisposeScope();
        var q = Assign(Embeddings, Centroids);
        TestTensors.AreClose([0.2598518003671629, 0.3655462612339229, 0.3746019383989144], q[0], 1e-9);
        TestTensors.AreClose([0.4229878658420466, 0.3152314750795666, 0.2617806590783869], q[5], 1e-9);
    }

    [TestMethod]
    public void TargetDistribution_GoldenInput_MatchesNumpy()
    {
        using var scope = NewDisposeScope();
        var p = TargetDistribution.Compute(Assign(Embeddings, Centroids));
        TestTensors.AreClose([0.1786125084928124, 0.3633858082436629, 0.4580016832635246], p[0], 1e-9);
        TestTensors.AreClose([0.4893377046227926, 0.2794054485116305, 0.2312568468655768], p[5], 1e-9);
    }

    [TestMethod]
    public void AssignmentDivergence_GoldenInput_MatchesNumpy()
    {
        using var scope = NewDisposeScope();
        Assert.AreEqual(0.008291689194648632, TestTensors.Value(Loss(Embeddings, Centroids, Target(Embeddings))), 1e-10);
    }

    [TestMethod]
    public void Terms_NaiveLoops_Agree()
    {
        using var scope = NewDisposeScope();
        var (z, r) = (TestTensors.Noise(8, 3), TestTensors.Wave(4, 3).Times(2.0));
        var q = NaiveAssignments(TestTensors.Values(z), TestTensors.Values(r), 8, 4, 3);
        var p = NaiveTarget(q);
        var divergence = 0.0;
        for (var i = 0; i < 8; i++)
        {
            for (var j = 0; j < 4; j++)
                divergence += p[i, j] * Math.Log(p[i, j] / q[i, j]) / 8;
        }

        TestTensors.AreClose(q.Cast<double>().ToArray(), Assign(z, r), 1e-12);
        TestTensors.AreClose(p.Cast<double>().ToArray(), TargetDistribution.Compute(Assign(z, r)), 1e-12);
        Assert.AreEqual(divergence, TestTensors.Value(Loss(z, r, TargetDistribution.Compute(Assign(z, r)))), 1e-12);
    }

    [TestMethod]
    public void Loss_Gradients_MatchFiniteDifferences()
    {
        using var scope = NewDisposeScope();
        var target = Target(Embeddings);
        FiniteDifference.Check(z => Loss(z, Centroids, target), Embeddings);
        FiniteDifference.Check(r => Loss(Embeddings, r, target), Centroids);
    }

    [TestMethod]
    public void Loss_GradientOfEmbeddings_IsThatOfThePaper()
    {
        // Equation 4, of a sum over the batch: 2 Σ_j (p_ij - q_ij) (z_i - r_j) / (1 + ||z_i - r_j||²)
        using var scope = NewDisposeScope();
        var target = Target(Embeddings);
        var gradient = FiniteDifference.Gradient(z => Loss(z, Centroids, target), Embeddings);
        TestTensors.AreClose(TestTensors.Values(PaperTerms(target).sum(dim: 1L).Times(2.0 / 6)), gradient, 1e-12);
    }

    [TestMethod]
    public void Loss_GradientOfCentroids_IsThatOfThePaper()
    {
        // Equation 5, of a sum over the batch: -2 Σ_i (p_ij - q_ij) (z_i - r_j) / (1 + ||z_i - r_j||²)
        using var scope = NewDisposeScope();
        var target = Target(Embeddings);
        var gradient = FiniteDifference.Gradient(r => Loss(Embeddings, r, target), Centroids);
        TestTensors.AreClose(TestTensors.Values(PaperTerms(target).sum(dim: 0L).Times(-2.0 / 6)), gradient, 1e-12);
    }

    [TestMethod]
    public void TargetDistribution_EmbeddingsWithGradient_PassesNoneOn()
    {
        using var scope = NewDisposeScope();
        Assert.IsFalse(TargetDistribution.Compute(Assign(Embeddings.requires_grad_(true), Centroids)).requires_grad);
        var target = Target(Embeddings);
        var through = FiniteDifference.Gradient(z => Loss(z, Centroids, TargetDistribution.Compute(Assign(z, Centroids))), Embeddings);
        var gradient = FiniteDifference.Gradient(z => Loss(z, Centroids, target), Embeddings);
        TestTensors.AreClose(TestTensors.Values(gradient), through, 0);
    }

    [TestMethod]
    public void Distributions_AnyInput_HaveRowsOfSumOne()
    {
        using var scope = NewDisposeScope();
        var ones = Enumerable.Repeat(1.0, 6).ToArray();
        TestTensors.AreClose(ones, Assign(Embeddings, Centroids).sum(dim: 1L), 1e-12);
        TestTensors.AreClose(ones, Target(Embeddings).sum(dim: 1L), 1e-12);
    }

    [TestMethod]
    public void Terms_PermutedClusters_PermuteTheirColumns()
    {
        using var scope = NewDisposeScope();
        var order = tensor(new long[] { 2, 0, 1 });
        var (q, permuted) = (Assign(Embeddings, Centroids), Assign(Embeddings, Centroids.index_select(0, order)));
        CheckPermuted(q, permuted, 1, order);
    }

    [TestMethod]
    public void Terms_PermutedBatch_PermutesTheirRows()
    {
        using var scope = NewDisposeScope();
        var order = tensor(new long[] { 3, 1, 5, 0, 4, 2 });
        var (q, permuted) = (Assign(Embeddings, Centroids), Assign(Embeddings.index_select(0, order), Centroids));
        CheckPermuted(q, permuted, 0, order);
    }

    [TestMethod]
    public void AssignmentDivergence_EqualDistributions_IsZero()
    {
        using var scope = NewDisposeScope();
        var q = Assign(Embeddings, Centroids);
        Assert.AreEqual(0, TestTensors.Value(AssignmentDivergence.Compute(q, q)), 1e-15);
    }

    [TestMethod]
    [DataRow(1e15)]
    [DataRow(1e25)]
    public void Terms_ClusterNobodyIsNear_HaveFiniteValuesAndGradients(double place)
    {
        using var scope = NewDisposeScope();
        var (z, r) = (Embeddings.to(ScalarType.Float32), Centroids.to(ScalarType.Float32));
        r[1].SetTo(place);
        var target = TargetDistribution.Compute(Assign(z, r));
        TestTensors.AreClose(new double[6], target.select(1, 1), 1e-20);
        Assert.IsTrue(double.IsFinite(TestTensors.Value(Loss(z, r, target))));
        Assert.IsTrue(FiniteDifference.Gradient(x => Loss(x, r, target), z).isfinite().all().item<bool>());
        Assert.IsTrue(FiniteDifference.Gradient(x => Loss(z, x, target), r).isfinite().all().item<bool>());
    }

    [TestMethod]
    public void TargetDistribution_HalfOfTheData_IsNotHalfOfTheTarget()
    {
        // The cluster sizes of the whole differ from those of the half: numpy's largest difference is 0.0553.
        using var scope = NewDisposeScope();
        var q = Assign(Embeddings, Centroids);
        var halves = cat([TargetDistribution.Compute(q.narrow(0, 0, 3)), TargetDistribution.Compute(q.narrow(0, 3, 3))]);
        Assert.AreEqual(0.0553029421372902, TestTensors.Value((halves - TargetDistribution.Compute(q)).abs().max()), 1e-9);
    }

    private static Tensor Assign(Tensor z, Tensor r) => StudentAssignment.Compute(CentroidDistance.Squared(z, r));

    private static Tensor Target(Tensor z) => TargetDistribution.Compute(Assign(z, Centroids));

    private static Tensor Loss(Tensor z, Tensor r, Tensor target) => AssignmentDivergence.Compute(target, Assign(z, r));

    // (n, k, p): (p_ij - q_ij) (z_i - r_j) / (1 + ||z_i - r_j||²)
    private static Tensor PaperTerms(Tensor target)
    {
        var differences = Embeddings.unsqueeze(1) - Centroids.unsqueeze(0);
        var factors = (target - Assign(Embeddings, Centroids)) / differences.Squared().sum(dim: 2L).Plus(1.0);
        return factors.unsqueeze(2) * differences;
    }

    private static double[,] NaiveAssignments(double[] z, double[] r, int n, int k, int p)
    {
        var q = new double[n, k];
        for (var i = 0; i < n; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < k; j++)
            {
                var distance = 0.0;
                for (var d = 0; d < p; d++)
                    distance += Math.Pow(z[i * p + d] - r[j * p + d], 2);
                q[i, j] = 1 / (1 + distance);
                sum += q[i, j];
            }

            for (var j = 0; j < k; j++)
                q[i, j] /= sum;
        }

        return q;
    }

    private static double[,] NaiveTarget(double[,] q)
    {
        int n = q.GetLength(0), k = q.GetLength(1);
        double Weight(int i, int j) => q[i, j] * q[i, j] / Enumerable.Range(0, n).Sum(row => q[row, j]);
        var p = new double[n, k];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < k; j++)
                p[i, j] = Weight(i, j) / Enumerable.Range(0, k).Sum(column => Weight(i, column));
        }

        return p;
    }

    private static void CheckPermuted(Tensor q, Tensor permuted, long dim, Tensor order)
    {
        var (p, permutedTarget) = (TargetDistribution.Compute(q), TargetDistribution.Compute(permuted));
        TestTensors.AreClose(TestTensors.Values(q.index_select(dim, order)), permuted, 1e-12);
        TestTensors.AreClose(TestTensors.Values(p.index_select(dim, order)), permutedTarget, 1e-12);
        Assert.AreEqual(TestTensors.Value(AssignmentDivergence.Compute(p, q)), TestTensors.Value(AssignmentDivergence.Compute(permutedTarget, permuted)), 1e-12);
    }
}
