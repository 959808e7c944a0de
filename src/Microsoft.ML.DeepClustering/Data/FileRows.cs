using Microsoft.Win32.SafeHandles;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Data;

/// <summary>Rows that lie one after the other in a file, as networks take them. Only the rows asked for are in memory.</summary>
/// <param name="file">Freed with the rows.</param>
/// <param name="offset">Of the first row, in bytes.</param>
/// <param name="count">The number of rows.</param>
/// <param name="shape">The shape of a sample.</param>
internal sealed class FileRows(SafeFileHandle file, long offset, long count, InputShape shape) : TrainingRows
{
    // Values read at a time; 16 MiB.
    private const long ValuesPerBlock = 4 << 20;

    private readonly int _rowBytes = checked((int)shape.Size * sizeof(float));

    public override long Count => count;

    public override Device Device => CPU;

    public override Tensor Gather(Tensor indices)
    {
        var rows = Empty(indices.shape[0]);
        var bytes = rows.bytes;
        var row = 0;
        foreach (var number in indices.data<long>().ToArray())
            Read(bytes.Slice(row++ * _rowBytes, _rowBytes), number);
        return rows;
    }

    public override Tensor Range(long start, long count)
    {
        var rows = Empty(count);
        Read(rows.bytes, start);
        return rows;
    }

    /// <summary>All rows in memory; outside dispose scopes.</summary>
    /// <param name="cancellation">Honoured at each block.</param>
    public Tensor ReadAll(CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var rows = Empty(count);
        var rowsPerBlock = Math.Max(1, ValuesPerBlock / shape.Size);
        for (var start = 0L; start < count; start += rowsPerBlock)
        {
            cancellation.ThrowIfCancellationRequested();
            Read(rows.narrow(0, start, Math.Min(rowsPerBlock, count - start)).bytes, start);
        }

        return rows.DetachFromDisposeScope();
    }

    public override void Dispose()
    {
        base.Dispose();
        file.Dispose();
    }

    private Tensor Empty(long rows) => empty([rows, .. shape.Dimensions], dtype: ScalarType.Float32, device: CPU);

    private void Read(Span<byte> bytes, long row)
    {
        var position = offset + row * _rowBytes;
        while (bytes.Length > 0)
        {
            var read = RandomAccess.Read(file, bytes, position);
            if (read == 0)
                throw new EndOfStreamException($"The file of rows ends at byte {position}; something has cut it. Run it again.");
            bytes = bytes[read..];
            position += read;
        }
    }
}
