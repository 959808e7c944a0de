using Microsoft.ML.DeepClustering.Torch;

namespace Microsoft.ML.DeepClustering.Tests.Torch;

[TestClass]
public sealed class ProcessorFeaturesTests
{
    [TestMethod]
    public void HasBFloat16_OnLinux_IsWhatTheSystemLists()
    {
        var features = LinesOfTheFirstCore().FirstOrDefault(l => l.StartsWith("flags", StringComparison.Ordinal) || l.StartsWith("Features", StringComparison.Ordinal))?.Split(' ') ?? [];
        Assert.AreEqual(features.Any(f => f is "avx512_bf16" or "amx_bf16" or "bf16"), ProcessorFeatures.HasBFloat16);
    }

    [TestMethod]
    public void SlowBFloat16_OnLinux_NamesIntelWithoutAmxAndProcessorsWithNone()
    {
        var lines = LinesOfTheFirstCore();
        var isIntel = lines.Any(l => l.StartsWith("vendor_id", StringComparison.Ordinal) && l.EndsWith("GenuineIntel", StringComparison.Ordinal));
        var features = lines.FirstOrDefault(l => l.StartsWith("flags", StringComparison.Ordinal))?.Split(' ') ?? [];
        var isSlow = ProcessorFeatures.HasBFloat16 == false || (isIntel && features.Contains("avx512_fp16") && !features.Contains("amx_bf16"));
        Assert.AreEqual(isSlow, ProcessorFeatures.SlowBFloat16 is not null, ProcessorFeatures.SlowBFloat16);
    }

    private static string[] LinesOfTheFirstCore()
    {
        const string Cores = "/proc/cpuinfo";
        if (!File.Exists(Cores))
            Assert.Inconclusive("This system has no /proc/cpuinfo to compare with.");
        return [.. File.ReadLines(Cores).TakeWhile(l => l.Length > 0)];
    }
}
