using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Tests.Support;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Data;

/// <summary>The weights of rows as they are read.</summary>
[TestClass]
public sealed class ReadWeightsTests
{
    [TestMethod]
    public void ToTensor_WeightsFarApart_AreAtLeastABillionthOfTheGreatest()
    {
        using var scope = NewDisposeScope();
        using var weights = Read(1e-20f, 1e8f, 1);
        var values = TestTensors.Values(weights);
        Assert.AreEqual(1, values.Average(), 1e-6);
        Assert.AreEqual(values[0], values[1] * 1e-9, values[1] * 1e-15);
        Assert.AreEqual(values[2], values[1] * 1e-8, values[1] * 1e-14);
    }

    [TestMethod]
    public void KMeans_HeavyPointsLeaveALightOne_TheLightOneKeepsItsPlace()
    {
        // The first three points share the middle cluster; the two heavy ones go over to the outer ones, once these have moved.
        using var scope = NewDisposeScope();
        using var weights = Read(1e-20f, 1e8f, 1e8f, 1e8f, 1e8f);
        var points = tensor(new double[] { 7, 1, 4, 0, 10, 0, 2, 0, 12, 0 }, new long[] { 5, 2 });
        var former = tensor(new[] { 7, 0, 0.9, 0, 13.1, 0 }, new long[] { 3, 2 });
        using var generator = new Generator(1);
        var result = KMeans.Run(points, 3, 0, generator, former, weights: weights);
        TestTensors.AreClose([7, 1, 3, 0, 11, 0], result.Centroids, 1e-5);
    }

    // Outside dispose scopes.
    private static Tensor Read(params float[] weights)
    {
        var read = new RowWeights("Weight");
        foreach (var weight in weights)
            read.Add((ref float value) => value = weight, 0);
        return read.ToTensor()!;
    }
}
