using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Data;

/// <summary>Rows that are prepared for the networks batch by batch, on the device of training.</summary>
/// <param name="source">On the CPU; the caller's.</param>
/// <param name="prepare">(b, input shape) -> (b, ...).</param>
/// <param name="device">The device of training.</param>
internal sealed class PreparedRows(TrainingRows source, Func<Tensor, Tensor> prepare, Device device) : TrainingRows
{
    /// <summary>Prepares at once what is in memory, and batch by batch what is not.</summary>
    public static TrainingRows Create(TrainingRows features, Func<Tensor, Tensor> prepare, Device device)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var weights = features.Weights?.to(device, copy: true).MoveToOuterDisposeScope();
        return features is MemoryRows { All: var rows }
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

    private Tensor Prepared(Tensor rows)
    {
        using var gradientsOff = no_grad();
        return prepare(rows.to(device)).MoveToOuterDisposeScope();
    }
}
