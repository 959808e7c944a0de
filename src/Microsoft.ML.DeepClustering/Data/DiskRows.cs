using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Data;

/// <summary>Rows in a temporary file. Only the rows asked for are in memory.</summary>
internal sealed class DiskRows : TrainingRows
{
    private readonly TemporaryFile _file = new();
    private readonly InputShape _shape;
    private readonly int _rowBytes;
    private long _count;

    /// <param name="shape">The shape of a sample.</param>
    public DiskRows(InputShape shape)
    {
        _shape = shape;
        _rowBytes = checked((int)shape.Size * sizeof(float));
    }

    public override long Count => _count;

    public override Device Device => CPU;

    /// <summary>Writes rows after those that are there: (b, d) of float on the CPU.</summary>
    public void Append(Tensor rows)
    {
        _file.Append(rows.bytes);
        _count += rows.shape[0];
    }

    public override Tensor Gather(Tensor indices)
    {
        using var scope = NewDisposeScope();
        var numbers = indices.data<long>().ToArray();
        var rows = Empty(indices.shape[0]);
        var bytes = rows.bytes;
        var row = 0;
        foreach (var number in numbers)
            _file.Read(bytes.Slice(row++ * _rowBytes, _rowBytes), number * _rowBytes);
        return Arranged(rows);
    }

    public override Tensor Range(long start, long count)
    {
        using var scope = NewDisposeScope();
        var rows = Empty(count);
        _file.Read(rows.bytes, start * _rowBytes);
        return Arranged(rows);
    }

    public override void Dispose()
    {
        base.Dispose();
        _file.Dispose();
    }

    private Tensor Empty(long rows) => empty(new[] { rows, _shape.Size }, dtype: ScalarType.Float32, device: CPU);

    private Tensor Arranged(Tensor rows) => InputTensor.Arrange(rows, rows.shape[0], _shape).MoveToOuterDisposeScope();
}
