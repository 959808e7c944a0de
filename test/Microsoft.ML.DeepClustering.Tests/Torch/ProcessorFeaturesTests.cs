using Microsoft.ML.DeepClustering.Torch;

namespace Microsoft.ML.DeepClustering.Tests.Torch;

[TestClass]
public sealed class ProcessorFeaturesTests
{
    [TestMethod]
    public void HasBFloat16_OnLinux_IsWhatTheSystemLists()
    {
        const string Cores = "/proc/cpuinfo";
        if (!File.Exists(Cores))
            Assert.Inconclusive("This system has no /proc/cpuinfo to compare with.");
        var features = File.ReadLines(Cores).FirstOrDefault(l => l.StartsWith("flags", StringComparison.Ordinal) || l.StartsWith("Features", StringComparison.Ordinal))?.Split(' ') ?? [];
        Assert.AreEqual(features.Any(f => f is "avx512_bf16" or "amx_bf16" or "bf16"), ProcessorFeatures.HasBFloat16);
    }
}
