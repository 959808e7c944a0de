using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Data;

/// <summary>Rows that are prepared for the networks batch by batch, on the device of training.</summary>
/// <param name="source">On the CPU; the caller's.</param>
/// <param name="prepare">(b, input shape) -> (b, ...).</param>
/// <param name="device">The device of training.</param>
internal sealed class PreparedRows(TrainingRows source, Func<Tensor, Tensor> prepare, Device device) : TrainingRows
{
    /// <summary>Prepares at once what is in memory and does not become too large for it, and batch by batch what is not.</summary>
    /// <param name="features">On the CPU; the caller's.</param>
    /// <param name="prepare">(b, input shape) -> (b, ...).</param>
    /// <param name="device">The device of training.</param>
    /// <param name="memoryLimit">Bytes that enlarged rows may take; default null, half of what the process may use.</param>
    public static TrainingRows Create(TrainingRows features, Func<Tensor, Tensor> prepare, Device device, long? memoryLimit = null)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var weights = features.Weights?.to(device, copy: true).MoveToOuterDisposeScope();
        return features is MemoryRows { All: var rows } && Fits(rows, prepare, memoryLimit ?? TrainingReader.UsualMemoryLimit)
            ? new MemoryRows(prepare(rows.to(device)).MoveToOuterDisposeScope()) { Weights = weights }
            : new PreparedRows(features, prepare, device) { Weights = weights };
    }

    public override long Count => source.Count;

    public override Device Device => device;

    public override Tensor Gather(Tensor indices)
    {
        using var scope = NewDisposeScope();
        return Prepared(source.Gather(indices.cpu()));
    }

    public override Tensor Range(long start, long count)
    {
        using var scope = NewDisposeScope();
        return Prepared(source.Range(start, count));
    }

    private static bool Fits(Tensor rows, Func<Tensor, Tensor> prepare, long memoryLimit)
    {
        var (given, prepared) = (rows.numel() / rows.shape[0], prepare(rows.narrow(0, 0, 1)).numel());
        return prepared <= given || (double)prepared * rows.shape[0] * sizeof(float) <= memoryLimit;
    }

    private Tensor Prepared(Tensor rows)
    {
        using var gradientsOff = no_grad();
        return prepare(rows.to(device)).MoveToOuterDisposeScope();
    }
}
