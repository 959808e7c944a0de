using Microsoft.Win32.SafeHandles;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Data;

/// <summary>Rows of float that lie one after the other on a disk. Only the rows asked for are in memory.</summary>
/// <param name="shape">The shape of a sample.</param>
internal abstract class StoredRows(InputShape shape) : TrainingRows
{
    // 16 MiB.
    private const long ValuesPerBlock = 4 << 20;

    public sealed override Device Device => CPU;

    /// <summary>The shape of a sample.</summary>
    protected InputShape Shape => shape;

    /// <summary>The bytes of a row.</summary>
    protected int RowBytes { get; } = checked((int)shape.Size * sizeof(float));

    public sealed override Tensor Gather(Tensor indices)
    {
        using var scope = NewDisposeScope();
        var rows = Empty(indices.shape[0]);
        var numbers = indices.data<long>().ToArray();
        foreach (var (block, first) in Blocks(rows))
        {
            var bytes = block.bytes;
            for (var row = 0; row < block.shape[0]; row++)
                Read(bytes.Slice(row * RowBytes, RowBytes), numbers[first + row]);
        }

        return Arrange(rows).MoveToOuterDisposeScope();
    }

    public sealed override Tensor Range(long start, long count)
    {
        using var scope = NewDisposeScope();
        var rows = Empty(count);
        foreach (var (block, first) in Blocks(rows))
            Read(block.bytes, start + first);
        return Arrange(rows).MoveToOuterDisposeScope();
    }

    /// <summary>Fills a span with whole rows from one on.</summary>
    protected abstract void Read(Span<byte> bytes, long row);

    /// <summary>(b, size) as they lie there -> (b, ...) as networks take them.</summary>
    protected abstract Tensor Arrange(Tensor rows);

    /// <summary>Consecutive rows of some 16 MiB, which a span can hold, and the place of each first one.</summary>
    protected IEnumerable<(Tensor Rows, long First)> Blocks(Tensor rows)
    {
        var rowsPerBlock = Math.Max(1, ValuesPerBlock / Shape.Size);
        for (var first = 0L; first < rows.shape[0]; first += rowsPerBlock)
            yield return (rows.narrow(0, first, Math.Min(rowsPerBlock, rows.shape[0] - first)), first);
    }

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
