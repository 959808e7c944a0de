using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.Pretraining;

/// <summary>The mean of all rows, each as often as its weight says: what an autoencoder that has learnt nothing does best to give for every row.</summary>
internal static class MeanRow
{
    /// <summary>The error of the mean row as the reconstruction of every row, which is what there is to learn.</summary>
    /// <param name="data">Prepared features.</param>
    /// <param name="batchSize">Rows at a time.</param>
    /// <param name="error">(b, ...) rows, (b, ...) reconstructions and the rows' weights, (b) or null -> the mean error of a row.</param>
    /// <param name="cancellation">Honoured within one batch.</param>
    public static double Error(TrainingRows data, int batchSize, Func<Tensor, Tensor, Tensor?, Tensor> error, CancellationToken cancellation)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var mean = Mean(data, batchSize, MeanOf, cancellation).to(ScalarType.Float32);
        return Mean(data, batchSize, (rows, weights) => error(rows, mean.expand_as(rows), weights).to(ScalarType.Float64), cancellation).item<double>();
    }

    // (b, ...) -> (1, ...).
    private static Tensor MeanOf(Tensor rows, Tensor? weights)
    {
        var values = rows.to(ScalarType.Float64);
        return (weights is null ? values : values * weights.reshape([-1, .. Enumerable.Repeat(1L, (int)rows.dim() - 1)])).mean(new[] { 0L }, keepdim: true);
    }

    private static Tensor Mean(TrainingRows data, int batchSize, Func<Tensor, Tensor?, Tensor> meanOf, CancellationToken cancellation)
    {
        Tensor? sum = null;
        for (var start = 0L; start < data.Count; start += batchSize)
        {
            using var inner = NewDisposeScope();
            var rows = data.Range(start, Math.Min(batchSize, data.Count - start));
            var weighted = meanOf(rows, data.Weights?.narrow(0, start, rows.shape[0])).Times((double)rows.shape[0] / data.Count);
            if (sum is null)
                sum = weighted.MoveToOuterDisposeScope();
            else
                sum.Add(weighted);
            cancellation.ThrowIfCancellationRequested();
        }

        return sum!;
    }
}
