using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Data;

/// <summary>The features of all training rows, in memory or on disk, and how much each row counts.</summary>
internal abstract class TrainingRows : IDisposable
{
    /// <summary>n, the number of rows.</summary>
    public abstract long Count { get; }

    /// <summary>The device of the tensors that it returns.</summary>
    public abstract Device Device { get; }

    /// <summary>(n) of float on <see cref="Device"/>, above 0 and 1 in the mean; null where all rows count alike. Freed with the rows.</summary>
    public Tensor? Weights { get; set; }

    /// <summary>The rows of these numbers, (b) of int64 on <see cref="Device"/> -> (b, ...). They belong to the dispose scope of the call.</summary>
    public abstract Tensor Gather(Tensor indices);

    /// <summary>Consecutive rows from a start on -> (count, ...). They belong to the dispose scope of the call.</summary>
    public abstract Tensor Range(long start, long count);

    /// <summary>Frees the rows.</summary>
    public virtual void Dispose() => Weights?.Dispose();
}
