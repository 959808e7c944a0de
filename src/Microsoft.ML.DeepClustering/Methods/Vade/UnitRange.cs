using System.Globalization;
using Microsoft.ML.DeepClustering.Data;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.Vade;

/// <summary>Checks that features lie from 0 to 1.</summary>
internal static class UnitRange
{
    /// <summary>Reads all rows.</summary>
    /// <param name="data">Prepared features.</param>
    /// <param name="batchSize">Rows at a time.</param>
    /// <param name="option">The option that asks for it.</param>
    /// <param name="cancellation">Honoured within one batch.</param>
    /// <exception cref="InvalidOperationException">A value is below 0 or above 1.</exception>
    public static void Check(TrainingRows data, int batchSize, string option, CancellationToken cancellation)
    {
        using var gradientsOff = no_grad();
        for (var start = 0L; start < data.Count; start += batchSize)
        {
            using var scope = NewDisposeScope();
            var rows = data.Range(start, Math.Min(batchSize, data.Count - start));
            var (least, most) = (rows.min().item<float>(), rows.max().item<float>());
            if (least < 0 || most > 1)
            {
                throw new InvalidOperationException(
                    $"{option} is {VadeLikelihood.Bernoulli}, which needs features from 0 to 1, but a feature is {(least < 0 ? least : most).ToString(CultureInfo.InvariantCulture)}; "
                    + $"scale the features by NormalizeMinMax with fixZero: false, or set {option} to {VadeLikelihood.Gaussian}.");
            }

            cancellation.ThrowIfCancellationRequested();
        }
    }
}
