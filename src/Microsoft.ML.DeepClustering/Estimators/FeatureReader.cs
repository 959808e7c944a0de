#nullable disable
using Microsoft.ML.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering;

/// <summary>Reads a column of features into one contiguous tensor, and checks every value on the way.</summary>
internal static class FeatureReader
{
    // Values a block; 16 MiB.
    private const int ValuesPerBlock = 4 << 20;

    /// <summary>The rows of the column -> (n, d) on the CPU. Throws for a value that is NaN or infinite, and when there are no rows.</summary>
    public static Tensor Read(IDataView data, DataViewSchema.Column column, CancellationToken cancellation)
    {
        var size = ((VectorDataViewType)column.Type).Size;
        var rowsPerBlock = Math.Max(1, ValuesPerBlock / size);
        var buffer = new float[(long)rowsPerBlock * size];
        var blocks = new List<Tensor>();
        using var scope = NewDisposeScope();
        using var cursor = data.GetRowCursor([column]);
        var getter = cursor.GetGetter<VBuffer<float>>(column);
        VBuffer<float> features = default;
        var filled = 0;
        var done = 0L;
        while (cursor.MoveNext())
        {
            getter(ref features);
            FeatureColumn.CopyFinite(features, buffer.AsSpan(filled * size, size), column.Name, done + filled);
            if (++filled < rowsPerBlock)
                continue;
            cancellation.ThrowIfCancellationRequested();
            blocks.Add(Block(buffer, filled, size));
            done += filled;
            filled = 0;
        }

        if (filled > 0)
            blocks.Add(Block(buffer, filled, size));
        if (blocks.Count == 0)
            throw new InvalidOperationException($"The data have no rows; deep clustering needs rows in column '{column.Name}' to train on.");
        return (blocks.Count == 1 ? blocks[0] : cat(blocks, 0)).MoveToOuterDisposeScope();
    }

    private static Tensor Block(float[] buffer, int rows, int size)
        => tensor(buffer, new long[] { buffer.Length }).narrow(0, 0, (long)rows * size).reshape(rows, size).clone();
}
