using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Tests.Support;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Centroids;

/// <summary>k-means++ seeding.</summary>
[TestClass]
public sealed class KMeansSeedingTests
{
    [TestMethod]
    [DataRow(ScalarType.Float32, 1UL)]
    [DataRow(ScalarType.Float32, 2UL)]
    [DataRow(ScalarType.Float64, 3UL)]
    public void Draw_DistinctPoints_GivesDistinctOnesOfThem(ScalarType type, ulong seed)
    {
        using var scope = NewDisposeScope();
        var points = TestTensors.Noise(30, 3).to(type);
        var seeds = Rows(Draw(points, 12, seed));
        Assert.HasCount(12, seeds.Distinct().ToArray());
        CollectionAssert.IsSubsetOf(seeds, Rows(points));
    }

    [TestMethod]
    public void Draw_AsManyAsPoints_GivesThemAll()
    {
        using var scope = NewDisposeScope();
        var points = TestTensors.Noise(9, 2);
        CollectionAssert.AreEquivalent(Rows(points), Rows(Draw(points, 9, 1)));
    }

    [TestMethod]
    [DataRow(1UL)]
    [DataRow(2UL)]
    [DataRow(3UL)]
    [DataRow(4UL)]
    public void Draw_BlobsFarApart_GivesEachASeed(ulong seed)
    {
        using var scope = NewDisposeScope();
        // Sizes 1, 9, 20 and 30: by their numbers alone the small ones would mostly be missed.
        var blobs = Enumerable.Range(0, 60).Select(i => i < 1 ? 0 : i < 10 ? 1 : i < 30 ? 2 : 3).ToArray();
        var middles = tensor(blobs.Select(blob => 1000.0 * blob).ToArray()).unsqueeze(1);
        var (places, _) = Draw(TestTensors.Noise(60, 2).Plus(middles), 4, seed).select(1, 0).sort();
        TestTensors.AreClose([0, 1000, 2000, 3000], places, 0.5);
    }

    [TestMethod]
    public void Draw_EqualPoints_RepeatsThem()
    {
        using var scope = NewDisposeScope();
        TestTensors.AreClose(Enumerable.Repeat(0.1, 8).ToArray(), Draw(ones(new long[] { 5, 2 }, dtype: ScalarType.Float64).Times(0.1), 4, 1), 0);
    }

    [TestMethod]
    public void Draw_SameSeed_GivesTheSameSeedsInTheSameOrder()
    {
        using var scope = NewDisposeScope();
        var points = TestTensors.Noise(30, 3);
        CollectionAssert.AreEqual(Rows(Draw(points, 6, 5)), Rows(Draw(points, 6, 5)));
        CollectionAssert.AreNotEqual(Rows(Draw(points, 6, 5)), Rows(Draw(points, 6, 6)));
    }

    private static Tensor Draw(Tensor points, int clusters, ulong seed)
    {
        var origin = zeros(points.shape[1], dtype: points.dtype);
        var drawn = new KMeansPoints[] { KMeansPoints.Create(points, origin), new DevicePoints(points) }.Select(p =>
        {
            using var generator = new Generator(seed);
            return p.Seeds(clusters, generator);
        }).ToArray();
        CollectionAssert.AreEqual(Rows(drawn[1]), Rows(drawn[0]), "by matrix products and by vector instructions");
        return drawn[0];
    }

    private static string[] Rows(Tensor tensor) => TestTensors.Values(tensor).Chunk((int)tensor.shape[1]).Select(row => string.Join(' ', row)).ToArray();
}
