using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Tests.Support;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Centroids;

/// <summary>The centroid updates of DCN against their sample by sample form.</summary>
[TestClass]
public sealed class CountedCentroidsTests
{
    // Of 24 samples, in batches of 8. Cluster 3 gets none.
    private static readonly long[] LabelValues = Enumerable.Range(0, 24).Select(i => i * i % 7 % 3L).ToArray();

    // z: (24, 2), r: (4, 2)
    private static Tensor Embeddings => TestTensors.Noise(24, 2).Times(3.0);

    private static Tensor Centroids => TestTensors.Wave(4, 2);

    [TestMethod]
    public void Update_SeveralBatches_EqualsTheSequentialUpdates()
    {
        using var scope = NewDisposeScope();
        var (centroids, _) = Updated(Embeddings, tensor(LabelValues), 8);
        TestTensors.AreClose(Sequential(), centroids, 1e-12);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(5)]
    [DataRow(24)]
    public void Update_ShuffledSamplesInOtherBatches_GivesTheSame(int batch)
    {
        using var scope = NewDisposeScope();
        var order = tensor(Enumerable.Range(0, 24).Select(i => i * 7L % 24).ToArray());
        var (centroids, _) = Updated(Embeddings.index_select(0, order), tensor(LabelValues).index_select(0, order), batch);
        TestTensors.AreClose(Sequential(), centroids, 1e-12);
    }

    [TestMethod]
    public void Update_OneSample_MovesByOneOverItsCount()
    {
        using var scope = NewDisposeScope();
        var centroids = zeros(new long[] { 2, 1 }, dtype: ScalarType.Float64);
        using var counted = new CountedCentroids(centroids);
        counted.Update(centroids, tensor(new[,] { { 101.0 } }), tensor(new long[] { 1 }));
        TestTensors.AreClose([0, 1], centroids, 1e-14);
    }

    [TestMethod]
    public void Counts_BeforeAndAfterBatches_StartAtHundredAndCountSamples()
    {
        using var scope = NewDisposeScope();
        using var fresh = new CountedCentroids(Centroids);
        TestTensors.AreClose([100, 100, 100, 100], fresh.Counts, 0);
        var (_, counts) = Updated(Embeddings, tensor(LabelValues), 8);
        TestTensors.AreClose(Enumerable.Range(0, 4).Select(j => 100.0 + LabelValues.Count(label => label == j)).ToArray(), counts, 0);
    }

    [TestMethod]
    [DataRow(ScalarType.Float32)]
    [DataRow(ScalarType.Float64)]
    public void Update_ClusterWithoutSamples_Stays(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var centroids = Centroids.to(type);
        var (before, moved) = (TestTensors.Values(centroids[3]), TestTensors.Values(centroids[0]));
        using var counted = new CountedCentroids(centroids);
        for (var batch = 0; batch < 50; batch++)
            counted.Update(centroids, Embeddings.to(type), tensor(LabelValues));
        TestTensors.AreClose(before, centroids[3], 0);
        Assert.AreNotEqual(moved[0], TestTensors.Values(centroids[0])[0], 0.01);
    }

    [TestMethod]
    public void Update_TensorsWithGradient_RecordsNone()
    {
        using var scope = NewDisposeScope();
        var centroids = Centroids;
        using var counted = new CountedCentroids(centroids);
        counted.Update(centroids, Embeddings.requires_grad_(true), tensor(LabelValues));
        Assert.IsFalse(centroids.requires_grad);
        Assert.IsFalse(counted.Counts.requires_grad);
    }

    [TestMethod]
    public void Counts_ScopeOfTheConstructorClosed_Live()
    {
        using var scope = NewDisposeScope();
        CountedCentroids counted;
        using (NewDisposeScope())
            counted = new CountedCentroids(Centroids);
        using (counted)
            TestTensors.AreClose([100, 100, 100, 100], counted.Counts, 0);
    }

    private static (Tensor Centroids, Tensor Counts) Updated(Tensor embeddings, Tensor labels, int batch)
    {
        var centroids = Centroids;
        using var counted = new CountedCentroids(centroids);
        for (var start = 0; start < 24; start += batch)
        {
            var length = Math.Min(batch, 24 - start);
            counted.Update(centroids, embeddings.narrow(0, start, length), labels.narrow(0, start, length));
        }

        return (centroids, counted.Counts.clone());
    }

    private static double[] Sequential()
    {
        double[] r = TestTensors.Values(Centroids), z = TestTensors.Values(Embeddings), counts = [100, 100, 100, 100];
        for (var i = 0; i < 24; i++)
        {
            var j = LabelValues[i];
            counts[j]++;
            for (var d = 0; d < 2; d++)
                r[j * 2 + d] -= (r[j * 2 + d] - z[i * 2 + d]) / counts[j];
        }

        return r;
    }
}
