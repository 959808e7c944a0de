using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Methods.Pretraining;
using Microsoft.ML.DeepClustering.Tests.Support;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Methods;

/// <summary>What there is to learn for an autoencoder.</summary>
[TestClass]
public sealed class MeanRowTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(7)]
    [DataRow(100)]
    public void Error_IsTheVarianceWhateverTheBatches(int batchSize)
    {
        using var scope = NewDisposeScope();
        var rows = TestTensors.Noise(40, 6).to(ScalarType.Float32).Times(3).Plus(2.0);
        using var data = new MemoryRows(rows);
        var error = MeanRow.Error(data, batchSize, ReconstructionError.SumOverFeatures, CancellationToken.None);
        Assert.AreEqual(TestTensors.Value(rows.to(ScalarType.Float64).var(0, unbiased: false).sum()), error, 1e-4);
    }
}
