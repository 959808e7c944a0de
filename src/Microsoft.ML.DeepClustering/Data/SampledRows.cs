using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Data;

/// <summary>Some rows of others.</summary>
internal sealed class SampledRows : TrainingRows
{
    private readonly TrainingRows _source;
    private readonly Tensor _indices;

    /// <param name="source">The rows; the caller's.</param>
    /// <param name="indices">The numbers of those that are taken, (m) of int64 on the source's device; the caller's.</param>
    public SampledRows(TrainingRows source, Tensor indices)
    {
        (_source, _indices) = (source, indices);
        Weights = source.Weights?.index_select(0, indices).DetachFromDisposeScope();
    }

    public override long Count => _indices.shape[0];

    public override Device Device => _source.Device;

    public override Tensor Gather(Tensor indices) => _source.Gather(_indices.index_select(0, indices));

    public override Tensor Range(long start, long count) => _source.Gather(_indices.narrow(0, start, count));
}
