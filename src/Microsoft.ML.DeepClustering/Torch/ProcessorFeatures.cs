using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Microsoft.ML.DeepClustering.Torch;

/// <summary>What the processor has that libtorch's speed depends on.</summary>
internal static class ProcessorFeatures
{
    private const int ExtendedFeatures = 7;
    private const int Avx512BFloat16 = 1 << 5;
    private const int AmxBFloat16 = 1 << 22;
    private const int Avx512Half = 1 << 23;

    // "GenuineIntel", whose letters are in EBX, EDX and ECX.
    private const int Genu = 0x756E6547;
    private const int IneI = 0x49656E69;
    private const int Ntel = 0x6C65746E;

    /// <summary>Whether it has products of bfloat16: avx512_bf16 or amx_bf16 of x86, bf16 of Arm; null where that cannot be found out.</summary>
    public static bool? HasBFloat16 { get; } = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 or Architecture.X86 => X86Base.IsSupported ? X86() : null,
        Architecture.Arm64 => Arm(),
        _ => null,
    };

    /// <summary>
    /// Why float32 is the faster one here, as a part of a sentence; null where bfloat16 is, or where that cannot be found out. On a processor of Intel
    /// with avx512_fp16, which begin with Sapphire Rapids, but without AMX, as virtual machines show it, an epoch took 1.3 to 1.8 times as long in bfloat16. Cooper Lake, which has no
    /// avx512_fp16, is the faster one in bfloat16 by what its maker says.
    /// </summary>
    public static string? SlowBFloat16 { get; } = HasBFloat16 switch
    {
        false => "this processor has no products of bfloat16 (avx512_bf16 or amx_bf16 of x86, bf16 of Arm)",
        true when X86Base.IsSupported && IsIntel() && Has(Avx512Half) && !Has(AmxBFloat16) => "this processor of Intel shows no AMX, without which its products of bfloat16 are no faster than those of float32",
        _ => null,
    };

    /// <summary>Its kind: where it differs, so may the last bits of results.</summary>
    public static string Text { get; } = string.Join(
        ' ', RuntimeInformation.ProcessArchitecture, X86Base.IsSupported ? $"{X86Base.CpuId(0, 0)} {X86Base.CpuId(1, 0).Eax:x} {X86Base.CpuId(ExtendedFeatures, 0)}" : $"{HasBFloat16}");

    // Intel's and AMD's manuals, CPUID: leaf 7, subleaf 0, EAX has the last subleaf and EDX bit 22 AMX-BF16 and bit 23 AVX512-FP16; subleaf 1, EAX bit 5 AVX512_BF16.
    private static bool X86()
    {
        if (X86Base.CpuId(0, 0).Eax < ExtendedFeatures)
            return false;
        var last = X86Base.CpuId(ExtendedFeatures, 0).Eax;
        return Has(AmxBFloat16) || (last >= 1 && (X86Base.CpuId(ExtendedFeatures, 1).Eax & Avx512BFloat16) != 0);
    }

    private static bool Has(int feature) => (X86Base.CpuId(ExtendedFeatures, 0).Edx & feature) != 0;

    private static bool IsIntel() => X86Base.CpuId(0, 0) is (_, Genu, Ntel, IneI);

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
