using System.Globalization;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>Says when features are far outside the range that initial weights and learning rates are made for.</summary>
internal static class FeatureScale
{
    // Scaled features have about 1; grey pixels of 0 to 255 that nobody scaled have 30 and more.
    private const double LargestMean = 10;

    // Enough to tell, and little even where rows are kept on disk.
    private const long RowsLookedAt = 4096;

    /// <summary>Warns when the mean absolute value of the first 4,096 rows is above 10.</summary>
    public static void Warn(TrainingRows features, string column, TrainingEnvironment environment)
    {
        using var session = TorchSession.WithoutGradients();
        var size = features.Range(0, Math.Min(features.Count, RowsLookedAt)).abs();
        var mean = size.to(ScalarType.Float64).mean().item<double>();
        if (!(mean > LargestMean))
            return;
        var largest = size.max().item<float>();
        environment.Warn(string.Create(
            CultureInfo.InvariantCulture,
            $"The values of column '{column}' reach {largest:G4}, {mean:G4} in the mean without their signs; the methods are made for about [-1, 1]. Scale them, with NormalizeMinMax for example, before training."));
    }
}
