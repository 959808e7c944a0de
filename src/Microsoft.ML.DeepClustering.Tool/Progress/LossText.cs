using System.Globalization;

namespace Microsoft.ML.DeepClustering.Tool.Progress;

/// <summary>The losses of an epoch: the total, and its terms where there are several.</summary>
internal static class LossText
{
    public static string Of(EpochRecord epoch)
    {
        var total = string.Create(CultureInfo.InvariantCulture, $"loss {epoch.TotalLoss:0.0000}");
        return epoch.Losses.Count < 2
            ? total
            : $"{total} ({string.Join(", ", epoch.Losses.Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Key} {l.Value:0.0000}")))})";
    }

    /// <summary>The phase, with the run where there are several.</summary>
    public static string Phase(TrainingProgress progress) => progress.Runs == 1 ? progress.Phase : $"run {progress.Run}/{progress.Runs}, {progress.Phase}";
}
