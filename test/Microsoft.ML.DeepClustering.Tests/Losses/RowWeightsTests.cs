using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Kernels;
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Losses;

/// <summary>What weights of rows do to each loss: a row of weight m is as good as m rows.</summary>
[TestClass]
public sealed class RowWeightsTests
{
    private const int Rows = 5;
    private const int Clusters = 3;

    // Each row's number of copies.
    private static readonly long[] _copies = [2, 1, 4, 1, 3];

    private static readonly Dictionary<string, Func<Tensor, Tensor?, Tensor>> _losses = new()
    {
        // Of embeddings (n, 4) and weights.
        ["divergence"] = (z, w) => AssignmentDivergence.Compute(Target(z), StudentAssignment.Compute(Distances(z)), w),
        ["centering"] = (z, w) => CenteringLoss.Compute(Distances(z), 1.5, w),
        ["soft k-means"] = (z, w) => SoftKMeansLoss.Compute(Distances(z), 1.5, w),
        ["nearest centroid"] = (z, w) => NearestCentroidLoss.Compute(z, Centroids, Distances(z).argmin(1L), w),
        ["mean over elements"] = (z, w) => ReconstructionError.MeanOverElements(z.sin(), z, w),
        ["sum over features"] = (z, w) => ReconstructionError.SumOverFeatures(z.sin(), z, w),
        ["softmax cross-entropy"] = (z, w) => SoftmaxCrossEntropy.Compute(Soft(z), z.narrow(1, 0, Clusters), w),
        ["Cauchy-Schwarz"] = (z, w) => CauchySchwarzDivergence.Compute(Soft(z), Kernel(z), w),
        ["corners"] = (z, w) => SimplexCorners.Compute(Soft(z), Kernel(z), w),
    };

    private static Tensor Embeddings => TestTensors.Noise(Rows, 4).Times(3.0);

    private static Tensor Centroids => TestTensors.Wave(Clusters, 4);

    public static IEnumerable<object[]> Losses => _losses.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Losses))]
    public void Compute_RowsOfWholeWeights_AreAsGoodAsSoManyRows(string name)
    {
        using var scope = NewDisposeScope();
        var copied = Embeddings.repeat_interleave(tensor(_copies), 0);
        Assert.AreEqual(TestTensors.Value(_losses[name](copied, null)), TestTensors.Value(_losses[name](Embeddings, Weights())), 1e-12);
    }

    [TestMethod]
    [DynamicData(nameof(Losses))]
    public void Compute_EqualWeights_ChangeNothing(string name)
    {
        using var scope = NewDisposeScope();
        Assert.AreEqual(TestTensors.Value(_losses[name](Embeddings, null)), TestTensors.Value(_losses[name](Embeddings, ones(Rows, dtype: ScalarType.Float64))), 1e-14);
    }

    [TestMethod]
    [DynamicData(nameof(Losses))]
    public void Compute_WeightedGradients_MatchFiniteDifferences(string name)
    {
        using var scope = NewDisposeScope();
        // The target has no gradient, by design; it stays what it was.
        if (name == "divergence")
        {
            var target = Target(Embeddings);
            FiniteDifference.Check(z => AssignmentDivergence.Compute(target, StudentAssignment.Compute(Distances(z)), Weights()), Embeddings);
            return;
        }

        FiniteDifference.Check(z => _losses[name](z, Weights()), Embeddings);
    }

    [TestMethod]
    public void Orthogonality_NaiveLoops_Agree()
    {
        using var scope = NewDisposeScope();
        var (a, w) = (TestTensors.Values(Soft(Embeddings)).Chunk(Clusters).ToArray(), TestTensors.Values(Weights()));
        var (sum, pairs) = (0.0, 0.0);
        for (var i = 0; i < Rows; i++)
        {
            for (var j = 0; j < Rows; j++)
            {
                if (i == j)
                    continue;
                sum += w[i] * w[j] * a[i].Zip(a[j], (x, y) => x * y).Sum();
                pairs += w[i] * w[j];
            }
        }

        Assert.AreEqual(sum / pairs, TestTensors.Value(AssignmentOrthogonality.Compute(Soft(Embeddings), Weights())), 1e-12);
        var alike = TestTensors.Value(AssignmentOrthogonality.Compute(Soft(Embeddings), ones(Rows, dtype: ScalarType.Float64)));
        Assert.AreEqual(TestTensors.Value(AssignmentOrthogonality.Compute(Soft(Embeddings))), alike, 1e-14);
        FiniteDifference.Check(z => AssignmentOrthogonality.Compute(Soft(z), Weights()), Embeddings);
    }

    [TestMethod]
    public void Target_RowsOfWholeWeights_AreAsGoodAsSoManyRows()
    {
        using var scope = NewDisposeScope();
        var weighted = TargetDistribution.Compute(Soft(Embeddings), Weights()).repeat_interleave(tensor(_copies), 0);
        var copied = TargetDistribution.Compute(Soft(Embeddings).repeat_interleave(tensor(_copies), 0));
        TestTensors.AreClose(TestTensors.Values(copied), weighted, 1e-12);
    }

    [TestMethod]
    public void CountedCentroids_RowsOfWholeWeights_AreAsGoodAsSoManyRows()
    {
        using var scope = NewDisposeScope();
        var (weighted, copied) = (Centroids, Centroids);
        var labels = tensor(new long[] { 0, 1, 1, 0, 1 });
        var counts = tensor(_copies.Select(c => (double)c).ToArray());
        using var ofWeighted = new CountedCentroids(weighted);
        using var ofCopied = new CountedCentroids(copied);
        ofWeighted.Update(weighted, Embeddings, labels, counts);
        ofCopied.Update(copied, Embeddings.repeat_interleave(tensor(_copies), 0), labels.repeat_interleave(tensor(_copies), 0));
        TestTensors.AreClose(TestTensors.Values(copied), weighted, 1e-12);
        TestTensors.AreClose(TestTensors.Values(ofCopied.Counts), ofWeighted.Counts, 1e-12);
    }

    // 1 in the mean.
    private static Tensor Weights() => tensor(_copies.Select(c => c * Rows / (double)_copies.Sum()).ToArray());

    private static Tensor Distances(Tensor z) => CentroidDistance.Squared(z, Centroids);

    private static Tensor Soft(Tensor z) => nn.functional.softmax(Distances(z).neg(), 1);

    private static Tensor Target(Tensor z) => nn.functional.softmax(Distances(z).detach().Times(-2), 1);

    // Of a fixed width: that of a batch would change with the copies.
    private static Tensor Kernel(Tensor z) => EuclideanDistance.SquaredPairwise(z).Times(-0.1).exp();
}
