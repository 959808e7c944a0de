using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Losses;

/// <summary>The mean over the rows of a batch, in which each counts as much as its weight says.</summary>
internal static class RowMean
{
    /// <summary>1/n Σ_i w_i l_i. Weights are 1 in the mean of all data, so that the batches' means have that of all rows as their mean.</summary>
    /// <param name="ofRows">l, (n).</param>
    /// <param name="weights">w, (n), above 0, or null for 1.</param>
    /// <returns>A scalar.</returns>
    public static Tensor Compute(Tensor ofRows, Tensor? weights) => (weights is null ? ofRows : ofRows * weights).mean();
}
