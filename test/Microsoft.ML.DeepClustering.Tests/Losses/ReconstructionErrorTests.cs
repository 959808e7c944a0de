using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Tests.Support;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Losses;

/// <summary>The two reconstruction errors. Golden numbers: the equation written out in NumPy, in float64, on the inputs of <see cref="TestTensors"/>.</summary>
[TestClass]
public sealed class ReconstructionErrorTests
{
    private static Tensor Images => TestTensors.Wave(3, 2, 2, 2);

    private static Tensor Reconstruction => TestTensors.Noise(3, 8);

    [TestMethod]
    public void MeanOverElements_GoldenInput_MatchesTheEquation()
    {
        using var scope = NewDisposeScope();
        Assert.AreEqual(0.5564736352191817, TestTensors.Value(ReconstructionError.MeanOverElements(Images, Reconstruction)), 1e-9);
    }

    [TestMethod]
    public void SumOverFeatures_GoldenInput_MatchesTheEquation()
    {
        using var scope = NewDisposeScope();
        Assert.AreEqual(4.451789081753454, TestTensors.Value(ReconstructionError.SumOverFeatures(Images, Reconstruction)), 1e-9);
    }

    [TestMethod]
    public void Both_NaiveLoops_Agree()
    {
        using var scope = NewDisposeScope();
        var (input, reconstruction) = (TestTensors.Noise(5, 7), TestTensors.Wave(5, 7));
        double[] x = TestTensors.Values(input), y = TestTensors.Values(reconstruction);
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
            sum += (x[i] - y[i]) * (x[i] - y[i]);
        Assert.AreEqual(sum / 35, TestTensors.Value(ReconstructionError.MeanOverElements(input, reconstruction)), 1e-12);
        Assert.AreEqual(sum / 5, TestTensors.Value(ReconstructionError.SumOverFeatures(input, reconstruction)), 1e-12);
    }

    [TestMethod]
    public void Both_Gradients_MatchFiniteDifferences()
    {
        using var scope = NewDisposeScope();
        FiniteDifference.Check(y => ReconstructionError.MeanOverElements(Images, y), Reconstruction);
        FiniteDifference.Check(y => ReconstructionError.SumOverFeatures(Images, y), Reconstruction);
        FiniteDifference.Check(y => ReconstructionError.SumOverFeatures(Images, y), Reconstruction.reshape(3, 2, 2, 2));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(9)]
    public void SumOverFeatures_AnyNumberOfSamples_IsTheMeanTimesTheFeatures(long samples)
    {
        using var scope = NewDisposeScope();
        var (input, reconstruction) = (TestTensors.Noise(samples, 3, 4, 5), TestTensors.Wave(samples, 60));
        var mean = TestTensors.Value(ReconstructionError.MeanOverElements(input, reconstruction));
        Assert.AreEqual(60 * mean, TestTensors.Value(ReconstructionError.SumOverFeatures(input, reconstruction)), 1e-12);
    }

    [TestMethod]
    public void Both_FlatReconstructionsOfImages_EqualThoseOfTheirShape()
    {
        using var scope = NewDisposeScope();
        var shaped = Reconstruction.reshape(3, 2, 2, 2);
        foreach (var error in new Func<Tensor, Tensor, Tensor>[] { (x, y) => ReconstructionError.MeanOverElements(x, y), (x, y) => ReconstructionError.SumOverFeatures(x, y) })
        {
            var expected = TestTensors.Value(error(Images, shaped));
            Assert.AreEqual(expected, TestTensors.Value(error(Images, Reconstruction)), 1e-14);
            Assert.AreEqual(expected, TestTensors.Value(error(Images.reshape(3, 8), Reconstruction)), 1e-14);
        }
    }

    [TestMethod]
    public void Both_PermutedBatch_DoNotChange()
    {
        using var scope = NewDisposeScope();
        var order = tensor(new long[] { 2, 0, 1 });
        var (images, reconstruction) = (Images.index_select(0, order), Reconstruction.index_select(0, order));
        Assert.AreEqual(0.5564736352191817, TestTensors.Value(ReconstructionError.MeanOverElements(images, reconstruction)), 1e-9);
        Assert.AreEqual(4.451789081753454, TestTensors.Value(ReconstructionError.SumOverFeatures(images, reconstruction)), 1e-9);
    }

    [TestMethod]
    public void Both_PerfectReconstruction_AreZero()
    {
        using var scope = NewDisposeScope();
        Assert.AreEqual(0, TestTensors.Value(ReconstructionError.MeanOverElements(Images, Images.reshape(3, 8))));
        Assert.AreEqual(0, TestTensors.Value(ReconstructionError.SumOverFeatures(Images, Images.reshape(3, 8))));
    }
}
