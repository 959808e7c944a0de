using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Microsoft.ML.DeepClustering.Torch;

/// <summary>What the processor has that libtorch's speed depends on.</summary>
internal static class ProcessorFeatures
{
    private const int ExtendedFeatures = 7;
    private const int Avx512BFloat16 = 1 << 5;
    private const int AmxBFloat16 = 1 << 22;

    /// <summary>What to say of a processor that has none, as a part of a sentence.</summary>
    public const string WithoutBFloat16 = "this processor has no products of bfloat16 (avx512_bf16 or amx_bf16 of x86, bf16 of Arm)";

    /// <summary>Whether it has products of bfloat16: avx512_bf16 or amx_bf16 of x86, bf16 of Arm; null where that cannot be found out.</summary>
    public static bool? HasBFloat16 { get; } = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 or Architecture.X86 => X86Base.IsSupported ? X86() : null,
        Architecture.Arm64 => Arm(),
        _ => null,
    };

    // Intel's and AMD's manuals, CPUID: leaf 7, subleaf 0, EAX has the last subleaf and EDX bit 22 AMX-BF16; subleaf 1, EAX bit 5 AVX512_BF16.
    private static bool X86()
    {
        if (X86Base.CpuId(0, 0).Eax < ExtendedFeatures)
            return false;
        var (last, _, _, edx) = X86Base.CpuId(ExtendedFeatures, 0);
        return (edx & AmxBFloat16) != 0 || (last >= 1 && (X86Base.CpuId(ExtendedFeatures, 1).Eax & Avx512BFloat16) != 0);
    }

    // Linux lists the features of each core.
    private static bool? Arm()
    {
        const string Cores = "/proc/cpuinfo";
        if (!File.Exists(Cores))
            return null;
        var features = File.ReadLines(Cores).FirstOrDefault(l => l.StartsWith("Features", StringComparison.Ordinal));
        return features?.Split(' ').Contains("bf16");
    }
}
