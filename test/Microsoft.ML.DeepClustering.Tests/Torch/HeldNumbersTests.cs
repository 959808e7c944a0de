using System.Diagnostics;
using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Tests.Support;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Torch;

/// <summary>
/// No number is handed to libtorch in an object that nothing holds: reads the compiled library and TorchSharp, and finds each call of a
/// method of TorchSharp that makes such an object itself, or lets one be made for it.
/// </summary>
[TestClass]
public sealed class HeldNumbersTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    // They make the objects in a using declaration, so that they are held to the end of the method.
    private static readonly string[] Holders = [nameof(Arithmetic), nameof(AdamOptimizer), nameof(MomentumOptimizer)];

    [TestMethod]
    public void Library_CallsOfTorchSharp_HoldTheirNumbers()
    {
        using var library = new CompiledAssembly(typeof(DeepClusteringOptions).Assembly.Location);
        Assert.IsGreaterThan(200, HeldNumbers.Unheld.Count);
        var calls = HeldNumbers.UnheldCalls(library);
        Assert.IsEmpty(calls, string.Join('\n', calls));
        CollectionAssert.AreEquivalent(Holders, HeldNumbers.Makers(library).Select(m => m.Split('.')[0]).Distinct().ToArray());
    }

    [TestMethod]
    public void Arithmetic_OfEachKind_IsThatOfTheOperators()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (TestTensors.Wave(3, 4), TestTensors.Noise(3, 4));
        AreEqual(a + b, a.Plus(b));
        AreEqual(a + 0.3, a.Plus(0.3));
        AreEqual(a - 0.3, a.Minus(0.3));
        AreEqual(0.3 - a, 0.3.Minus(a));
        AreEqual(a * 0.3, a.Times(0.3));
        AreEqual(a / 0.3, a.Over(0.3));
        AreEqual(a.square(), a.Squared());
        AreEqual(a.clamp_min(0.1), a.AtLeast(0.1));
        AreEqual(a.gt(0.1), a.IsAbove(0.1));
        AreEqual(a.ge(0.1), a.IsAtLeast(0.1));
        AreEqual(a.le(0.1), a.IsAtMost(0.1));
        AreEqual(a.masked_fill(b.gt(0), 7), a.With(b.IsAbove(0), 7));
        var whole = arange(0, 10, 3, dtype: ScalarType.Int64);
        AreEqual(whole, Arithmetic.Numbers(10, CPU, step: 3));
        AreEqual(whole + 2L, whole.Plus(2));
        AreEqual(whole - 2L, whole.Minus(2));
        AreEqual(whole * 2L, whole.Times(2));
        AreEqual(whole.eq(3), whole.Is(3));
        AreEqual(whole.clamp_max(4), whole.AtMost(4));
        var sum = a.clone();
        sum.Add(b);
        AreEqual(a + b, sum);
        whole.Increment();
        AreEqual(tensor(new[] { 1L, 4, 7, 10 }), whole);
        var rows = tensor(new[] { 2L, 0, 2 });
        AreEqual(zeros_like(a).index_add_(0, rows, b, 1), zeros_like(a).AddRows(rows, b));
    }

    [TestMethod]
    [TestCategory("Slow")]
    public void Arithmetic_WhileOthersCollectGarbage_IsRight()
    {
        using var stop = new CancellationTokenSource();
        var collectors = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
                GC.Collect(0);
        })).ToArray();
        var watch = Stopwatch.StartNew();
        try
        {
            using var scope = NewDisposeScope();
            var values = ones(4, dtype: ScalarType.Float64);
            for (var i = 0; i < 100_000 && watch.Elapsed < Longest; i++)
            {
                using var inner = NewDisposeScope();
                Assert.AreEqual(5.5, values.Times(i + 0.5).Plus(values).Minus(i - 4.0)[0].item<double>(), $"step {i}");
            }
        }
        finally
        {
            stop.Cancel();
            Task.WaitAll(collectors);
        }
    }

    private static void AreEqual(Tensor expected, Tensor actual)
    {
        Assert.AreEqual(expected.dtype, actual.dtype);
        Assert.IsTrue(expected.eq(actual).all().item<bool>());
    }
}
