using System.Runtime.InteropServices;
using Microsoft.ML.DeepClustering.Onnx;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Data;

/// <summary>Turns rows of features into the tensor that networks take.</summary>
internal static class InputTensor
{
    /// <summary>Rows one after the other -> (n, d) for vectors, (n, channels, height, width) for images.</summary>
    public static Tensor FromRows(float[] features, int rows, InputShape shape)
    {
        using var scope = NewDisposeScope();
        // A tensor over the array itself would begin where the array happens to lie, and the last bits of products of few rows depend on that.
        var copy = empty(new[] { rows, shape.Size }, dtype: ScalarType.Float32, device: CPU);
        MemoryMarshal.AsBytes(features.AsSpan(0, checked((int)(rows * shape.Size)))).CopyTo(copy.bytes);
        return Arrange(copy, rows, shape).MoveToOuterDisposeScope();
    }

    /// <summary>(n, d) or n·d features -> (n, d) for vectors, (n, channels, height, width) for images; a view unless images are interleaved.</summary>
    public static Tensor Arrange(Tensor features, long rows, InputShape shape)
    {
        using var scope = NewDisposeScope();
        var arranged = shape.Layout is { Interleaved: true } interleaved
            ? features.reshape(rows, interleaved.Height, interleaved.Width, interleaved.Channels).permute(0, 3, 1, 2).contiguous()
            : features.reshape(shape.Dimensions.Prepend(rows).ToArray());
        return arranged.MoveToOuterDisposeScope();
    }

    /// <summary>The same in an ONNX graph, of a column of any dimensions: (n, ...) of d values -> (n, d), or (n, channels, height, width).</summary>
    public static OnnxValue Arrange(OnnxValue features, InputShape shape) => shape.Layout is { Interleaved: true } interleaved
        ? features.Reshape(-1, interleaved.Height, interleaved.Width, interleaved.Channels).Permute(0, 3, 1, 2)
        : features.Reshape([-1, .. shape.Dimensions]);

    /// <summary>The inverse of <see cref="Arrange(Tensor, long, InputShape)"/> for rows: (n, d), images channel by channel -> (n, d) in the layout of the feature column.</summary>
    public static Tensor ToRows(Tensor arranged, InputShape shape) => shape.Layout is { Interleaved: true } interleaved
        ? arranged.reshape(-1, interleaved.Channels, interleaved.Height, interleaved.Width).permute(0, 2, 3, 1).flatten(1)
        : arranged;
}
