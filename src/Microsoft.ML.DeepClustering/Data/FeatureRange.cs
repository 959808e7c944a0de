using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Data;

/// <summary>The smallest and the largest feature of all rows.</summary>
internal static class FeatureRange
{
    /// <summary>Reads all rows.</summary>
    /// <param name="data">Prepared features.</param>
    /// <param name="batchSize">Rows at a time.</param>
    /// <param name="cancellation">Honoured within one batch.</param>
    public static (float Least, float Most) Find(TrainingRows data, int batchSize, CancellationToken cancellation)
    {
        using var gradientsOff = no_grad();
        var (least, most) = (float.PositiveInfinity, float.NegativeInfinity);
        for (var start = 0L; start < data.Count; start += batchSize)
        {
            using var scope = NewDisposeScope();
            var rows = data.Range(start, Math.Min(batchSize, data.Count - start));
            (least, most) = (Math.Min(least, rows.min().item<float>()), Math.Max(most, rows.max().item<float>()));
            cancellation.ThrowIfCancellationRequested();
        }

        return (least, most);
    }
}
