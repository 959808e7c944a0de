using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Tests.Support;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Centroids;

/// <summary>Squared distances to centroids, from differences and by products.</summary>
[TestClass]
public sealed class CentroidDistanceTests
{
    // z: (6, 4), r: (3, 4)
    private static Tensor Embeddings => TestTensors.Wave(6, 4).Times(2.0);

    private static Tensor Centroids => TestTensors.Noise(3, 4);

    [TestMethod]
    public void Both_GoldenInput_MatchNumpy()
    {
        using var scope = NewDisposeScope();
        double[] expected = [8.406499461609275, 5.686693530939296, 5.525048510691321];
        TestTensors.AreClose(expected, CentroidDistance.Squared(Embeddings, Centroids)[0], 1e-9);
        TestTensors.AreClose(expected, CentroidDistance.SquaredByProducts(Embeddings, Centroids)[0], 1e-9);
    }

    [TestMethod]
    public void Both_NaiveLoops_Agree()
    {
        using var scope = NewDisposeScope();
        var (z, r) = (TestTensors.Noise(9, 5), TestTensors.Wave(4, 5));
        double[] points = TestTensors.Values(z), centroids = TestTensors.Values(r);
        var expected = new double[9 * 4];
        for (var i = 0; i < 9; i++)
        {
            for (var j = 0; j < 4; j++)
            {
                for (var d = 0; d < 5; d++)
                    expected[i * 4 + j] += Math.Pow(points[i * 5 + d] - centroids[j * 5 + d], 2);
            }
        }

        TestTensors.AreClose(expected, CentroidDistance.Squared(z, r), 1e-12);
        TestTensors.AreClose(expected, CentroidDistance.SquaredByProducts(z, r), 1e-12);
    }

    [TestMethod]
    [DataRow(30, 4)]
    // So many centroids that the points are worked on in blocks of 20.
    [DataRow(50, 200_000)]
    public void NearestPoints_NaiveLoops_Agree(int rows, int clusters)
    {
        using var scope = NewDisposeScope();
        var (points, centroids) = (TestTensors.Noise(rows, 2), TestTensors.Noise(clusters, 2).Times(2.0));
        var (x, r) = (TestTensors.Values(points), TestTensors.Values(centroids));
        var nearest = CentroidDistance.NearestPoints(points, centroids).data<long>().ToArray();
        Assert.HasCount(clusters, nearest);
        for (var j = 0; j < clusters; j++)
        {
            var least = Enumerable.Range(0, rows).Min(i => Distance(i, j));
            Assert.AreEqual(least, Distance((int)nearest[j], j), 1e-12);
        }

        double Distance(int i, int j) => Math.Pow(x[2 * i] - r[2 * j], 2) + Math.Pow(x[2 * i + 1] - r[2 * j + 1], 2);
    }

    [TestMethod]
    public void Squared_MorePairsThanAreKept_HasTheValuesAndGradientsOfTheDifferences()
    {
        using var scope = NewDisposeScope();
        var (z, r) = (TestTensors.Noise(200, 30).requires_grad_(), TestTensors.Wave(40, 30).requires_grad_());
        using (no_grad())
            z[7].copy_(r[3]); // a point on its centroid
        var weights = TestTensors.Noise(200, 40);
        var differences = (z.unsqueeze(1) - r.unsqueeze(0)).Squared().sum(dim: 2L);
        var squared = CentroidDistance.Squared(z, r);
        TestTensors.AreClose(TestTensors.Values(differences), squared, 1e-12);
        var expected = autograd.grad([(weights * differences).sum()], [z, r]);
        var gradients = autograd.grad([(weights * squared).sum()], [z, r]);
        TestTensors.AreClose(TestTensors.Values(expected[0]), gradients[0], 1e-11);
        TestTensors.AreClose(TestTensors.Values(expected[1]), gradients[1], 1e-11);
    }

    [TestMethod]
    public void Both_Gradients_MatchFiniteDifferences()
    {
        using var scope = NewDisposeScope();
        foreach (var distance in new Func<Tensor, Tensor, Tensor>[] { CentroidDistance.Squared, CentroidDistance.SquaredByProducts })
        {
            FiniteDifference.Check(z => (TestTensors.Wave(6, 3) * distance(z, Centroids)).sum(), Embeddings);
            FiniteDifference.Check(r => (TestTensors.Wave(6, 3) * distance(Embeddings, r)).sum(), Centroids);
        }
    }

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(1e4)]
    public void Squared_PointOnItsCentroidInSinglePrecision_IsZero(double offset)
    {
        using var scope = NewDisposeScope();
        var r = Centroids.Plus(offset).to(ScalarType.Float32);
        var distances = CentroidDistance.Squared(r, r);
        TestTensors.AreClose([0, 0, 0], distances.diagonal(0, 0, 1), 0);
        Assert.IsGreaterThan(0.01, TestTensors.Value(distances[0, 1]));
    }

    [TestMethod]
    public void Squared_LargeOffsetInSinglePrecision_KeepsItsDigits()
    {
        using var scope = NewDisposeScope();
        var (z, r) = (Embeddings.Plus(1e4).to(ScalarType.Float32), Centroids.Plus(1e4).to(ScalarType.Float32));
        var exact = CentroidDistance.Squared(z.to(ScalarType.Float64), r.to(ScalarType.Float64));
        TestTensors.AreClose(TestTensors.Values(exact), CentroidDistance.Squared(z, r), 1e-5);
    }

    [TestMethod]
    public void SquaredByProducts_PointsNearCentroidsInSinglePrecision_IsNeverNegative()
    {
        using var scope = NewDisposeScope();
        var points = TestTensors.Noise(50, 6).Plus(100.0).to(ScalarType.Float32);
        var products = points.Squared().sum(1L, true).Plus(points.Squared().sum(dim: 1L)) - points.matmul(points.transpose(0, 1)).Times(2.0);
        Assert.IsLessThan(0, TestTensors.Value(products.min()), "rounding makes these products negative");
        Assert.IsGreaterThanOrEqualTo(0, TestTensors.Value(CentroidDistance.SquaredByProducts(points, points).min()));
    }

    [TestMethod]
    public void Both_PermutedCentroids_PermuteTheirColumns()
    {
        using var scope = NewDisposeScope();
        var order = tensor(new long[] { 2, 0, 1 });
        foreach (var distance in new Func<Tensor, Tensor, Tensor>[] { CentroidDistance.Squared, CentroidDistance.SquaredByProducts })
        {
            var permuted = distance(Embeddings, Centroids.index_select(0, order));
            TestTensors.AreClose(TestTensors.Values(distance(Embeddings, Centroids).index_select(1, order)), permuted, 1e-12);
        }
    }
}
