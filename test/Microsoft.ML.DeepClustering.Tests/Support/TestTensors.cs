using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Support;

/// <summary>Inputs that any language can compute: the golden numbers were made from the same formulas in numpy.</summary>
internal static class TestTensors
{
    /// <summary>sin(1.7 i + 0.3) at flat index i.</summary>
    public static Tensor Wave(params long[] shape) => Fill(shape, i => Math.Sin(1.7 * i + 0.3));

    /// <summary>The fraction of sin(12.9898 (i + 1)) · 43758.5453, less a half, at flat index i.</summary>
    public static Tensor Noise(params long[] shape) => Fill(shape, i =>
    {
        var value = Math.Sin(12.9898 * (i + 1)) * 43758.5453;
        return value - Math.Floor(value) - 0.5;
    });

    /// <summary>softmax(2 Wave(n, k)): soft assignments.</summary>
    public static Tensor Assignments(long n, long k) => nn.functional.softmax(Wave(n, k).Times(2.0), 1);

    /// <summary>All values in order; the accessor cannot copy a tensor without values.</summary>
    public static double[] Values(Tensor tensor) => tensor.numel() == 0 ? [] : tensor.to(ScalarType.Float64).contiguous().data<double>().ToArray();

    public static double Value(Tensor tensor) => tensor.to(ScalarType.Float64).item<double>();

    /// <summary>All values become the number, which is held until it is written.</summary>
    public static void SetTo(this Tensor tensor, double value)
    {
        using Scalar number = value;
        tensor.fill_(number);
    }

    public static void AreClose(double[] expected, Tensor actual, double tolerance)
    {
        var values = Values(actual);
        Assert.AreEqual(expected.Length, values.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.AreEqual(expected[i], values[i], tolerance, $"at flat index {i}");
    }

    private static Tensor Fill(long[] shape, Func<int, double> value)
    {
        var count = (int)shape.Aggregate(1L, (a, b) => a * b);
        return tensor(Enumerable.Range(0, count).Select(value).ToArray(), shape);
    }
}
