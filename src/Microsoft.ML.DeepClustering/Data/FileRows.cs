using Microsoft.Win32.SafeHandles;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Data;

/// <summary>Rows in a part of a file, as networks take them.</summary>
/// <param name="file">Freed with the rows.</param>
/// <param name="offset">Of the first row, in bytes.</param>
/// <param name="count">The number of rows.</param>
/// <param name="shape">The shape of a sample.</param>
internal sealed class FileRows(SafeFileHandle file, long offset, long count, InputShape shape) : StoredRows(shape)
{
    public override long Count => count;

    /// <summary>All rows in memory; outside dispose scopes.</summary>
    /// <param name="cancellation">Honoured at each block.</param>
    public Tensor ReadAll(CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var rows = Empty(count);
        foreach (var (block, first) in Blocks(rows))
        {
            cancellation.ThrowIfCancellationRequested();
            Read(block.bytes, first);
        }

        return Arrange(rows).DetachFromDisposeScope();
    }

    public override void Dispose()
    {
        base.Dispose();
        file.Dispose();
    }

    protected override void Read(Span<byte> bytes, long row) => Fill(file, bytes, offset + row * RowBytes);

    protected override Tensor Arrange(Tensor rows) => rows.reshape([rows.shape[0], .. Shape.Dimensions]);
}
