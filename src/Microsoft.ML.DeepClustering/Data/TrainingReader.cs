using System.Runtime.InteropServices;
using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Data;

/// <summary>
/// Reads the features and, if they are asked for, the weights and classes of all rows in one pass of one cursor, so that a row cannot get another's;
/// checks every value on the way, and keeps the features in memory or on disk.
/// </summary>
/// <param name="column">A vector of known size.</param>
/// <param name="shape">The shape of a sample.</param>
/// <param name="storage">Where the features are kept.</param>
/// <param name="label">The column of known classes, or null.</param>
/// <param name="cancellation">Honoured at each row.</param>
internal sealed class TrainingReader(
    DataViewSchema.Column column, InputShape shape, FeatureStorage storage, DataViewSchema.Column? label, CancellationToken cancellation)
{
    // Values a block; 16 MiB.
    private const int ValuesPerBlock = 4 << 20;

    private readonly int _size = ((VectorDataViewType)column.Type).Size;

    /// <summary>Bytes of features that are kept in memory by <see cref="FeatureStorage.Auto"/>.</summary>
    public long MemoryLimit { get; init; } = UsualMemoryLimit;

    /// <summary>Half of the bytes that the process may use.</summary>
    public static long UsualMemoryLimit => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;

    /// <summary>The column of the rows' weights; rows of weight 0 are left out. Default: null, all rows count alike.</summary>
    public DataViewSchema.Column? Weight { get; init; }

    /// <summary>All rows. Throws for a value that is NaN or infinite, and when there are no rows.</summary>
    public TrainingData Read(IDataView data)
    {
        var blocks = new List<Tensor>();
        var classes = label is null ? null : new List<int>();
        var weights = Weight is { } weight ? new RowWeights(weight.Name) : null;
        DiskRows? disk = null;
        try
        {
            foreach (var block in Blocks(data, weights, classes))
            {
                blocks.Add(block);
                if (disk is null && FitsInMemory(blocks.Count))
                    continue;
                Write(blocks, ref disk);
            }

            if (blocks.Count == 0 && disk is null)
                throw new InvalidOperationException($"The data have no rows{weights?.WithoutAny}; deep clustering needs rows in column '{column.Name}' to train on.");
            var rows = (TrainingRows?)disk ?? new MemoryRows(Join(blocks));
            rows.Weights = weights?.ToTensor();
            return new TrainingData(rows, classes, weights?.LeftOut ?? 0);
        }
        catch
        {
            disk?.Dispose();
            blocks.ForEach(b => b.Dispose());
            throw;
        }
    }

    private bool FitsInMemory(long blocks) => storage switch
    {
        FeatureStorage.Memory => true,
        FeatureStorage.Disk => false,
        _ => blocks * Math.Max(ValuesPerBlock, (long)_size) * sizeof(float) <= MemoryLimit,
    };

    private void Write(List<Tensor> blocks, ref DiskRows? disk)
    {
        try
        {
            disk ??= new DiskRows(shape);
            blocks.ForEach(disk.Append);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The features could not be written to a temporary file in {Path.GetTempPath()} ({e.Message.TrimEnd('.')}); make room there, name another folder with TMPDIR or TEMP, or set FeatureStorage to Memory.", e);
        }

        blocks.ForEach(b => b.Dispose());
        blocks.Clear();
    }

    // Blocks are freed one by one as they are copied: pages of the whole that were not written to yet take no memory.
    private Tensor Join(List<Tensor> blocks)
    {
        using var session = TorchSession.WithoutGradients();
        var rows = blocks.Sum(b => b.shape[0]);
        var whole = empty([rows, .. shape.Dimensions], dtype: ScalarType.Float32, device: CPU);
        var start = 0L;
        foreach (var block in blocks)
        {
            using var scope = NewDisposeScope();
            whole.narrow(0, start, block.shape[0]).copy_(InputTensor.Arrange(block, block.shape[0], shape));
            start += block.shape[0];
            block.Dispose();
        }

        blocks.Clear();
        return whole.DetachFromDisposeScope();
    }

    // (rows, d) each, outside dispose scopes; the rows' weights and classes are added to the lists.
    private IEnumerable<Tensor> Blocks(IDataView data, RowWeights? weights, List<int>? classes)
    {
        var rowsPerBlock = Math.Max(1, ValuesPerBlock / _size);
        var buffer = new float[(long)rowsPerBlock * _size];
        using var cursor = data.GetRowCursor(new DataViewSchema.Column?[] { column, label, Weight }.Where(c => c is not null).Select(c => c!.Value).Distinct());
        var labels = label is { } given ? LabelReader.Create(cursor, given, LabelColumn.Option) : null;
        var weight = Weight is { } weighted ? cursor.GetGetter<float>(weighted) : null;
        var getter = cursor.GetGetter<VBuffer<float>>(column);
        VBuffer<float> features = default;
        var filled = 0;
        for (var row = 0L; cursor.MoveNext(); row++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (weight is not null && !weights!.Add(weight, row))
                continue;
            getter(ref features);
            FeatureColumn.CopyFinite(features, buffer.AsSpan(filled * _size, _size), column.Name, row);
            if (labels is not null)
                classes?.Add(labels.Read());
            if (++filled < rowsPerBlock)
                continue;
            yield return Block(buffer, filled);
            filled = 0;
        }

        if (filled > 0)
            yield return Block(buffer, filled);
    }

    private Tensor Block(float[] buffer, int rows)
    {
        using var session = TorchSession.WithoutGradients();
        var block = empty(new[] { (long)rows, _size }, dtype: ScalarType.Float32, device: CPU);
        MemoryMarshal.AsBytes(buffer.AsSpan(0, rows * _size)).CopyTo(block.bytes);
        return block.DetachFromDisposeScope();
    }
}
