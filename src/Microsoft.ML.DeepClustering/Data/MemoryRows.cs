using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Data;

/// <summary>Rows in one tensor, (n, ...), which they own.</summary>
internal sealed class MemoryRows(Tensor rows) : TrainingRows
{
    public Tensor All => rows;

    public override long Count => rows.shape[0];

    public override Device Device => rows.device;

    public override Tensor Gather(Tensor indices) => rows.index_select(0, indices);

    public override Tensor Range(long start, long count) => rows.narrow(0, start, count);

    public override void Dispose()
    {
        base.Dispose();
        rows.Dispose();
    }
}
