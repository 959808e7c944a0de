using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Data;

/// <summary>The features of all rows, wherever they are kept.</summary>
internal abstract class TrainingRows : IDisposable
{
    /// <summary>n.</summary>
    public abstract long Count { get; }

    /// <summary>Where the tensors are that it gives.</summary>
    public abstract Device Device { get; }

    /// <summary>The rows of these numbers, (b) of int64 on <see cref="Device"/> -> (b, ...). They belong to the dispose scope of the call.</summary>
    public abstract Tensor Gather(Tensor indices);

    /// <summary>Rows that follow each other -> (count, ...). They belong to the dispose scope of the call.</summary>
    public abstract Tensor Range(long start, long count);

    /// <summary>Frees the rows.</summary>
    public abstract void Dispose();
}
