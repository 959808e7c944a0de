using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Torch;

/// <summary>Another thread of the program computes while a training runs: neither notices the other.</summary>
[TestClass]
[DoNotParallelize]
public sealed class NeighbourThreadTests
{
    private const int Draws = 400;

    [TestMethod]
    [DataRow("Dec")]
    [DataRow("DdcUco")]
    [DataRow("DynamicAutoencoder")]
    public void Fit_NeighbourDrawsAndComputesInFloat64_BothAreAsAlone(string method)
    {
        var alone = GuestProgram.Run(method, images: false);
        using var dtype = CallerState.DefaultDtype(ScalarType.Float64);
        manual_seed(9);
        var drawnAlone = Enumerable.Range(0, Draws).Select(_ => Draw()).ToArray();
        manual_seed(9);
        var (drawn, ended) = (new List<double>(), false);
        var faults = 0;
        var neighbour = new Thread(() =>
        {
            while (!Volatile.Read(ref ended))
            {
                if (drawn.Count < Draws)
                    drawn.Add(Draw());
                if (get_default_dtype() != ScalarType.Float64 || !is_grad_enabled() || is_inference_mode_enabled())
                    faults++;
            }
        });
        neighbour.Start();
        var beside = GuestProgram.Run(method, images: false);
        Volatile.Write(ref ended, true);
        neighbour.Join();
        Assert.AreEqual(alone, beside);
        Assert.AreEqual(0, faults);
        Assert.HasCount(Draws, drawn);
        CollectionAssert.AreEqual(drawnAlone, drawn);
    }

    [TestMethod]
    public void Run_TwoThreadsInDifferentModes_GiveTheSame()
    {
        var expected = GuestProgram.Run("Idec", images: false);
        string? first = null, second = null;
        var threads = new[]
        {
            new Thread(() =>
            {
                using var scope = NewDisposeScope();
                using var mode = inference_mode();
                first = GuestProgram.Run("Idec", images: false);
            }),
            new Thread(() =>
            {
                using var mode = no_grad();
                second = GuestProgram.Run("Idec", images: false);
            }),
        };
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        Assert.AreEqual(expected, first);
        Assert.AreEqual(expected, second);
    }

    private static double Draw()
    {
        using var scope = NewDisposeScope();
        var values = randn(4, 4);
        return values.dtype == ScalarType.Float64 ? values.matmul(values).sum().item<double>() : double.NaN;
    }
}
