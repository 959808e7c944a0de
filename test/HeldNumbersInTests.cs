using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Torch;

/// <summary>The tests of this assembly hold the numbers that they hand to libtorch, as the library does: else they would fail at random.</summary>
[TestClass]
public sealed class HeldNumbersInTests
{
    // Compares the library's arithmetic with these operators.
    private const string Comparison = "HeldNumbersTests.Arithmetic_OfEachKind_IsThatOfTheOperators";

    [TestMethod]
    public void Tests_CallsOfTorchSharp_HoldTheirNumbers()
    {
        using var tests = new CompiledAssembly(typeof(HeldNumbersInTests).Assembly.Location);
        var calls = HeldNumbers.UnheldCalls(tests).Where(c => !c.StartsWith(Comparison, StringComparison.Ordinal)).ToArray();
        Assert.IsEmpty(calls, string.Join('\n', calls));
        var makers = HeldNumbers.Makers(tests).Where(m => m != Comparison);
        Assert.AreEqual($"{nameof(TestTensors)}.{nameof(TestTensors.SetTo)}", string.Join(", ", makers));
    }
}
