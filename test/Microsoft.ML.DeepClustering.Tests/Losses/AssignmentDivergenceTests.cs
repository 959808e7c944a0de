using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Tests.Support;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Losses;

/// <summary>KL(P || Q), with Q and P of the embeddings as DEC has them. Golden numbers: the equation written out in NumPy, in float64, on the inputs of <see cref="TestTensors"/>.</summary>
[TestClass]
public sealed class AssignmentDivergenceTests
{
    // z: (6, 4), r: (3, 4)
    private static Tensor Embeddings => TestTensors.Wave(6, 4).Times(2.0);

    private static Tensor Centroids => TestTensors.Noise(3, 4);

    [TestMethod]
    public void Compute_GoldenInput_MatchesTheEquation()
    {
        using var scope = NewDisposeScope();
        Assert.AreEqual(0.008291689194648632, TestTensors.Value(Loss(Embeddings, Centroids, Target(Embeddings))), 1e-10);
    }

    [TestMethod]
    public void Compute_NaiveLoops_Agree()
    {
        using var scope = NewDisposeScope();
        var (p, q) = (TestTensors.Assignments(8, 4), nn.functional.softmax(TestTensors.Noise(8, 4), 1));
        var expected = TestTensors.Values(p).Zip(TestTensors.Values(q), (a, b) => a * Math.Log(a / b)).Sum() / 8;
        Assert.AreEqual(expected, TestTensors.Value(AssignmentDivergence.Compute(p, q)), 1e-12);
    }

    [TestMethod]
    public void Compute_Gradients_MatchFiniteDifferences()
    {
        using var scope = NewDisposeScope();
        var target = Target(Embeddings);
        FiniteDifference.Check(z => Loss(z, Centroids, target), Embeddings);
        FiniteDifference.Check(r => Loss(Embeddings, r, target), Centroids);
    }

    [TestMethod]
    public void Compute_GradientOfEmbeddings_IsThatOfThePaper()
    {
        // Equation 4, of a sum over the batch: 2 Σ_j (p_ij - q_ij) (z_i - r_j) / (1 + ||z_i - r_j||²)
        using var scope = NewDisposeScope();
        var target = Target(Embeddings);
        var gradient = FiniteDifference.Gradient(z => Loss(z, Centroids, target), Embeddings);
        TestTensors.AreClose(TestTensors.Values(PaperTerms(target).sum(dim: 1L).Times(2.0 / 6)), gradient, 1e-12);
    }

    [TestMethod]
    public void Compute_GradientOfCentroids_IsThatOfThePaper()
    {
        // Equation 5, of a sum over the batch: -2 Σ_i (p_ij - q_ij) (z_i - r_j) / (1 + ||z_i - r_j||²)
        using var scope = NewDisposeScope();
        var target = Target(Embeddings);
        var gradient = FiniteDifference.Gradient(r => Loss(Embeddings, r, target), Centroids);
        TestTensors.AreClose(TestTensors.Values(PaperTerms(target).sum(dim: 0L).Times(-2.0 / 6)), gradient, 1e-12);
    }

    [TestMethod]
    public void Compute_TargetOfTheSameEmbeddings_PassesNoGradientOn()
    {
        using var scope = NewDisposeScope();
        var target = Target(Embeddings);
        var through = FiniteDifference.Gradient(z => Loss(z, Centroids, TargetDistribution.Compute(Assign(z, Centroids))), Embeddings);
        var gradient = FiniteDifference.Gradient(z => Loss(z, Centroids, target), Embeddings);
        TestTensors.AreClose(TestTensors.Values(gradient), through, 0);
    }

    [TestMethod]
    [DataRow(0, new long[] { 3, 1, 5, 0, 4, 2 })]
    [DataRow(1, new long[] { 2, 0, 1 })]
    public void Compute_PermutedBatchOrClusters_DoesNotChange(int dim, long[] order)
    {
        using var scope = NewDisposeScope();
        var (p, q, places) = (Target(Embeddings), Assign(Embeddings, Centroids), tensor(order));
        var permuted = AssignmentDivergence.Compute(p.index_select(dim, places), q.index_select(dim, places));
        Assert.AreEqual(TestTensors.Value(AssignmentDivergence.Compute(p, q)), TestTensors.Value(permuted), 1e-12);
    }

    [TestMethod]
    public void Compute_EqualDistributions_IsZero()
    {
        using var scope = NewDisposeScope();
        var q = Assign(Embeddings, Centroids);
        Assert.AreEqual(0, TestTensors.Value(AssignmentDivergence.Compute(q, q)), 1e-15);
    }

    [TestMethod]
    [DataRow(1e15)]
    [DataRow(1e25)]
    public void Compute_ClusterNobodyIsNear_HasFiniteValueAndGradients(double place)
    {
        using var scope = NewDisposeScope();
        var (z, r) = (Embeddings.to(ScalarType.Float32), Centroids.to(ScalarType.Float32));
        r[1].copy_(tensor(Enumerable.Repeat((float)place, 4).ToArray()));
        var target = TargetDistribution.Compute(Assign(z, r));
        TestTensors.AreClose(new double[6], target.select(1, 1), 1e-20);
        Assert.IsTrue(double.IsFinite(TestTensors.Value(Loss(z, r, target))));
        Assert.IsTrue(FiniteDifference.Gradient(x => Loss(x, r, target), z).isfinite().all().item<bool>());
        Assert.IsTrue(FiniteDifference.Gradient(x => Loss(z, x, target), r).isfinite().all().item<bool>());
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
}
