using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.Pretraining;

/// <summary>The mean of all rows: what an autoencoder that has learnt nothing does best to give for every row.</summary>
internal static class MeanRow
{
    /// <summary>The error of the mean row as the reconstruction of every row, which is what there is to learn.</summary>
    /// <param name="data">Prepared features.</param>
    /// <param name="batchSize">Rows at a time.</param>
    /// <param name="error">(b, ...) rows and (b, ...) reconstructions -> the mean error of a row.</param>
    /// <param name="cancellation">Honoured within one batch.</param>
    public static double Error(TrainingRows data, int batchSize, Func<Tensor, Tensor, Tensor> error, CancellationToken cancellation)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var mean = Mean(data, batchSize, rows => rows.to(ScalarType.Float64).mean(new[] { 0L }, keepdim: true), cancellation).to(ScalarType.Float32);
        return Mean(data, batchSize, rows => error(rows, mean.expand_as(rows)).to(ScalarType.Float64), cancellation).item<double>();
    }

    private static Tensor Mean(TrainingRows data, int batchSize, Func<Tensor, Tensor> meanOf, CancellationToken cancellation)
    {
        Tensor? sum = null;
        for (var start = 0L; start < data.Count; start += batchSize)
        {
            using var inner = NewDisposeScope();
            var rows = data.Range(start, Math.Min(batchSize, data.Count - start));
            var weighted = meanOf(rows).Times((double)rows.shape[0] / data.Count);
            sum = (sum is null ? weighted : sum.Plus(weighted)).MoveToOuterDisposeScope();
            cancellation.ThrowIfCancellationRequested();
        }

        return sum!;
    }
}
