using System.Globalization;
using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Data;

/// <summary>Warns of features far outside the range that initial weights and learning rates are made for.</summary>
internal static class FeatureScale
{
    // Scaled features have about 1; grey pixels of 0 to 255 that nobody scaled have 30 and more.
    private const double MaximumMean = 10;

    // Enough to tell, and little even where rows are wide and kept on disk: 16 MiB.
    private const long MaximumRows = 4096;
    private const long MaximumValues = 4 << 20;

    /// <summary>Warns when the mean absolute value of the first rows, at most 4,096 of them or 4 million values, is above 10.</summary>
    public static void Warn(TrainingRows features, string column, Action<string> warn)
    {
        var (mean, largest) = Sizes(features);
        if (!(mean > MaximumMean))
            return;
        warn(string.Create(
            CultureInfo.InvariantCulture,
            $"The values of column '{column}' reach {largest:G4}, {mean:G4} in the mean without their signs; the methods are made for about [-1, 1]. Scale them, with NormalizeMinMax for example, before training."));
    }

    // The mean and the largest absolute value.
    private static (double Mean, float Largest) Sizes(TrainingRows features)
    {
        using var session = TorchSession.WithoutGradients();
        var values = features.Range(0, 1).NumberOfElements;
        var sizes = features.Range(0, Math.Min(features.Count, Math.Clamp(MaximumValues / values, 1, MaximumRows))).abs();
        return (sizes.to(ScalarType.Float64).mean().item<double>(), sizes.max().item<float>());
    }
}
