using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Persistence;

/// <summary>A tensor in a file: checked, not yet made.</summary>
internal sealed record StoredTensor(ScalarType Type, long[] Shape, long Elements, ReadOnlyMemory<byte> Content)
{
    /// <summary>Makes it, on the CPU.</summary>
    public Tensor ToTensor()
    {
        var values = empty(Shape, dtype: Type, device: CPU);
        if (Elements > 0)
            values.bytes = MemoryMarshal.AsMemory(Content).Span;
        return values;
    }

    /// <summary>Whether no value is NaN or infinite; integers never are.</summary>
    public bool IsFinite() => Type switch
    {
        ScalarType.Float32 => AreFinite<float>(),
        ScalarType.Float64 => AreFinite<double>(),
        _ => true,
    };

    private bool AreFinite<T>()
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        foreach (var value in MemoryMarshal.Cast<byte, T>(Content.Span))
        {
            if (!T.IsFinite(value))
                return false;
        }

        return true;
    }
}
