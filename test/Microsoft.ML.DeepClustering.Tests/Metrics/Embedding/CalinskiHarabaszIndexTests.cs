using Microsoft.ML.DeepClustering.Metrics.Embedding;
using Microsoft.ML.DeepClustering.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Metrics.Embedding;

/// <summary>Against plain loops; numbers from scikit-learn are compared in <see cref="MeasureCaseTests"/>.</summary>
[TestClass]
public sealed class CalinskiHarabaszIndexTests
{
    private readonly DisposeScope _scope = NewDisposeScope();

    [TestCleanup]
    public void Close() => _scope.Dispose();

    [TestMethod]
    public void Compute_ExampleOfItsDocumentation_IsWhatItSays()
        => Assert.AreEqual(200, CalinskiHarabaszIndex.Compute(tensor(new double[,] { { 0 }, { 1 }, { 10 }, { 11 } }), NaiveMeasures.Numbers([0, 0, 1, 1]), 2), 1e-12);

    [TestMethod]
    public void Compute_ManyBlocks_EqualsNaiveLoop()
    {
        // A block has 2^22 / p rows: two blocks, the last not full.
        var (points, clusters) = NaiveMeasures.Data(1100, 4000);

        AreEqual(NaiveMeasures.CalinskiHarabasz(NaiveMeasures.Rows(points), clusters), CalinskiHarabaszIndex.Compute(points, NaiveMeasures.Numbers(clusters), NaiveMeasures.Clusters), 1e-9);
    }

    [TestMethod]
    public void Compute_ManyClusters_EqualsNaiveLoop()
    {
        // 2,500 clusters: their distances take two blocks.
        var points = TestTensors.Noise(5000, 2);
        var clusters = Enumerable.Range(0, 5000).Select(i => i * 7 % 2500).ToArray();

        AreEqual(NaiveMeasures.CalinskiHarabasz(NaiveMeasures.Rows(points), clusters), CalinskiHarabaszIndex.Compute(points, NaiveMeasures.Numbers(clusters), 2500), 1e-8);
    }

    private static void AreEqual(double expected, double actual, double tolerance)
        => Assert.AreEqual(expected, actual, tolerance * Math.Max(1, Math.Abs(expected)));
}
