#nullable disable
using Microsoft.Win32.SafeHandles;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>
/// Rows in a temporary file, which only this process sees and which is gone when it ends. Only the rows asked for are in memory; what the
/// system keeps of the file besides it gives up when memory is short.
/// </summary>
internal sealed class DiskRows : TrainingRows
{
    private readonly SafeFileHandle _file;
    private readonly InputShape _shape;
    private readonly ImageShape? _image;
    private readonly int _rowBytes;
    private long _count;

    /// <param name="shape">The shape of a sample.</param>
    /// <param name="image">How images lie in a row that is written; null for vectors.</param>
    public DiskRows(InputShape shape, ImageShape? image)
    {
        (_shape, _image) = (shape, image);
        _rowBytes = checked((int)shape.Size * sizeof(float));
        var path = Path.Combine(Path.GetTempPath(), $"deep-clustering-{Guid.NewGuid():N}.rows");
        _file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose | FileOptions.RandomAccess);
        // Where names and files are apart, no killed process leaves it behind.
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
    }

    public override long Count => _count;

    public override Device Device => CPU;

    /// <summary>Writes rows after those that are there: (b, d) of float on the CPU.</summary>
    public void Append(Tensor rows)
    {
        RandomAccess.Write(_file, rows.bytes, _count * _rowBytes);
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
            Read(bytes.Slice(row++ * _rowBytes, _rowBytes), number);
        return Arranged(rows);
    }

    public override Tensor Range(long start, long count)
    {
        using var scope = NewDisposeScope();
        var rows = Empty(count);
        Read(rows.bytes, start);
        return Arranged(rows);
    }

    public override void Dispose() => _file.Dispose();

    private Tensor Empty(long rows) => empty(new[] { rows, _shape.Size }, dtype: ScalarType.Float32, device: CPU);

    private Tensor Arranged(Tensor rows) => InputTensor.Arrange(rows, rows.shape[0], _image, _shape).MoveToOuterDisposeScope();

    private void Read(Span<byte> bytes, long row)
    {
        var offset = row * _rowBytes;
        while (bytes.Length > 0)
        {
            var read = RandomAccess.Read(_file, bytes, offset);
            if (read == 0)
                throw new EndOfStreamException($"The temporary file of features ends before row {row}; something has cut it.");
            bytes = bytes[read..];
            offset += read;
        }
    }
}
