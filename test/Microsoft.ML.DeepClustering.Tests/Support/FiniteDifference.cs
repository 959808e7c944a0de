using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Support;

/// <summary>Holds a gradient against central differences of the function itself, in double precision.</summary>
internal static class FiniteDifference
{
    public static Tensor Gradient(Func<Tensor, Tensor> function, Tensor at)
    {
        using var scope = NewDisposeScope();
        var input = at.detach().clone().requires_grad_(true);
        Backpropagation.Run(function(input));
        return input.grad!.MoveToOuterDisposeScope();
    }

    public static void Check(Func<Tensor, Tensor> function, Tensor at, double tolerance = 1e-6, double step = 1e-5)
    {
        using var scope = NewDisposeScope();
        var gradient = TestTensors.Values(Gradient(function, at));
        var values = TestTensors.Values(at);
        for (var i = 0; i < values.Length; i++)
        {
            var expected = (Moved(i, step) - Moved(i, -step)) / (2 * step);
            Assert.AreEqual(expected, gradient[i], tolerance * Math.Max(1, Math.Abs(expected)), $"derivative {i} of {values.Length}");
        }

        double Moved(int index, double by)
        {
            using var inner = NewDisposeScope();
            var moved = (double[])values.Clone();
            moved[index] += by;
            return TestTensors.Value(function(tensor(moved, at.shape)));
        }
    }
}
