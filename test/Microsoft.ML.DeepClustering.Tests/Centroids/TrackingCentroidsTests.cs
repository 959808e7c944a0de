using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Tests.Support;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Centroids;

/// <summary>Centroids that follow the means of a batch at one pace, against loops.</summary>
[TestClass]
public sealed class TrackingCentroidsTests
{
    private const int Rows = 24;

    // Cluster 3 gets none.
    private static readonly long[] LabelValues = Enumerable.Range(0, Rows).Select(i => i * i % 7 % 3L).ToArray();

    // z: (24, 2), r: (4, 2)
    private static Tensor Embeddings => TestTensors.Noise(Rows, 2).Times(3.0);

    private static Tensor Centroids => TestTensors.Wave(4, 2);

    [TestMethod]
    [DataRow(1.0 / 101)]
    [DataRow(0.25)]
    [DataRow(1.0)]
    public void Update_Batch_MovesEachCentroidByThatShareOfTheWayToTheMean(double rate)
    {
        using var scope = NewDisposeScope();
        var centroids = Centroids;
        double[] expected = TestTensors.Values(centroids), z = TestTensors.Values(Embeddings);
        for (var j = 0; j < 3; j++)
        {
            var own = Enumerable.Range(0, Rows).Where(i => LabelValues[i] == j).ToArray();
            for (var d = 0; d < 2; d++)
                expected[j * 2 + d] += rate * (own.Average(i => z[i * 2 + d]) - expected[j * 2 + d]);
        }

        TrackingCentroids.Update(centroids, Embeddings, tensor(LabelValues), rate);
        TestTensors.AreClose(expected, centroids, 1e-12);
    }

    [TestMethod]
    public void Update_KnownBatch_GivesTheGoldenPlaces()
    {
        using var scope = NewDisposeScope();
        var centroids = tensor(new[,] { { 0.0, 1 }, { 10, 10 }, { 5, -5 } });
        // Means (2, 4) and (6, 6); none for the last.
        TrackingCentroids.Update(centroids, tensor(new[,] { { 1.0, 3 }, { 3, 5 }, { 6, 6 } }), tensor(new long[] { 0, 0, 1 }), 0.1);
        TestTensors.AreClose([0.2, 1.3, 9.6, 9.6, 5, -5], centroids, 1e-12);
    }

    [TestMethod]
    public void Update_RowsOfWholeWeights_AreAsGoodAsSoManyRows()
    {
        using var scope = NewDisposeScope();
        var (weighted, repeated, plain) = (Centroids, Centroids, Centroids);
        var copies = tensor(Enumerable.Range(0, Rows).Select(i => 1L + i % 4).ToArray());
        TrackingCentroids.Update(weighted, Embeddings, tensor(LabelValues), 0.3, copies.to(ScalarType.Float64));
        TrackingCentroids.Update(repeated, Embeddings.repeat_interleave(copies, 0), tensor(LabelValues).repeat_interleave(copies, 0), 0.3);
        TestTensors.AreClose(TestTensors.Values(repeated), weighted, 1e-12);
        TrackingCentroids.Update(plain, Embeddings, tensor(LabelValues), 0.3);
        Assert.AreNotEqual(TestTensors.Values(plain)[0], TestTensors.Values(weighted)[0], 1e-3);
    }

    [TestMethod]
    [DataRow(ScalarType.Float32)]
    [DataRow(ScalarType.Float64)]
    public void Update_AgainAndAgain_EndsAtTheMeansAndLeavesAClusterWithoutRows(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var centroids = Centroids.to(type);
        var alone = TestTensors.Values(centroids[3]);
        for (var batch = 0; batch < 2000; batch++)
            TrackingCentroids.Update(centroids, Embeddings.to(type), tensor(LabelValues), 1.0 / 101);
        TestTensors.AreClose(alone, centroids[3], 0);
        TestTensors.AreClose(TestTensors.Values(ClusterMeans.Compute(Embeddings, tensor(LabelValues), 3)), centroids.narrow(0, 0, 3), 1e-5);
    }

    [TestMethod]
    public void Update_TensorsWithGradient_RecordsNone()
    {
        using var scope = NewDisposeScope();
        var centroids = Centroids;
        TrackingCentroids.Update(centroids, Embeddings.requires_grad_(true), tensor(LabelValues), 0.5);
        Assert.IsFalse(centroids.requires_grad);
    }
}
