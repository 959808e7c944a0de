using Microsoft.Win32.SafeHandles;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Data;

/// <summary>Rows of float that lie one after the other on a disk. Only the rows asked for are in memory.</summary>
/// <param name="shape">The shape of a sample.</param>
internal abstract class StoredRows(InputShape shape) : TrainingRows
{
    public sealed override Device Device => CPU;

    /// <summary>The shape of a sample.</summary>
    protected InputShape Shape => shape;

    /// <summary>The bytes of a row.</summary>
    protected int RowBytes { get; } = checked((int)shape.Size * sizeof(float));

    public sealed override Tensor Gather(Tensor indices)
    {
        using var scope = NewDisposeScope();
        var rows = Empty(indices.shape[0]);
        var bytes = rows.bytes;
        var row = 0;
        foreach (var number in indices.data<long>().ToArray())
            Read(bytes.Slice(row++ * RowBytes, RowBytes), number);
        return Arrange(rows).MoveToOuterDisposeScope();
    }

    public sealed override Tensor Range(long start, long count)
    {
        using var scope = NewDisposeScope();
        var rows = Empty(count);
        Read(rows.bytes, start);
        return Arrange(rows).MoveToOuterDisposeScope();
    }

    /// <summary>Fills a span with whole rows from one on.</summary>
    protected abstract void Read(Span<byte> bytes, long row);

    /// <summary>(b, size) as they lie there -> (b, ...) as networks take them.</summary>
    protected abstract Tensor Arrange(Tensor rows);

    /// <summary>(b, size), not filled.</summary>
    protected Tensor Empty(long rows) => empty(new[] { rows, shape.Size }, dtype: ScalarType.Float32, device: CPU);

    /// <summary>Fills a span with the bytes of a file from an offset on.</summary>
    /// <exception cref="EndOfStreamException">There are fewer.</exception>
    internal static void Fill(SafeFileHandle file, Span<byte> bytes, long offset)
    {
        while (bytes.Length > 0)
        {
            var read = RandomAccess.Read(file, bytes, offset);
            if (read == 0)
                throw new EndOfStreamException($"The file of rows ends at byte {offset}; something has cut it. Run it again.");
            bytes = bytes[read..];
            offset += read;
        }
    }
}
