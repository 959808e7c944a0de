using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Persistence;

/// <summary>A tensor in a file: checked, not yet made.</summary>
internal sealed record StoredTensor(ScalarType Type, long[] Shape, long Elements, ReadOnlyMemory<byte> Content)
{
    /// <summary>Makes it, on the CPU.</summary>
    public Tensor ToTensor()
    {
        var values = empty(Shape, dtype: Type);
        if (Elements > 0)
            values.bytes = Content.ToArray();
        return values;
    }
}
