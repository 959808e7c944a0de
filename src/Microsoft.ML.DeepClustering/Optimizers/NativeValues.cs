using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Optimizers;

/// <summary>The values of a contiguous float32 tensor on the CPU where they lie; valid as long as the tensor.</summary>
internal readonly unsafe struct NativeValues(Tensor tensor)
{
    private readonly float* _values = (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(MemoryMarshal.Cast<byte, float>(tensor.bytes)));

    /// <summary>Some of the values.</summary>
    public Span<float> Slice(int start, int count) => new(_values + start, count);
}
