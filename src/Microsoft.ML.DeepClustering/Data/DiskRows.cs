using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Data;

/// <summary>Rows in a temporary file, as they were read.</summary>
/// <param name="shape">The shape of a sample.</param>
internal sealed class DiskRows(InputShape shape) : StoredRows(shape)
{
    private readonly TemporaryFile _file = new();
    private long _count;

    public override long Count => _count;

    /// <summary>Writes rows after those that are there: (b, d) of float on the CPU.</summary>
    public void Append(Tensor rows)
    {
        _file.Append(rows.bytes);
        _count += rows.shape[0];
    }

    public override void Dispose()
    {
        base.Dispose();
        _file.Dispose();
    }

    protected override void Read(Span<byte> bytes, long row) => _file.Read(bytes, row * RowBytes);

    protected override Tensor Arrange(Tensor rows) => InputTensor.Arrange(rows, rows.shape[0], Shape);
}
