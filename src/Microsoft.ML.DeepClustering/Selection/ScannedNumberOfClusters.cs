using System.Globalization;

namespace Microsoft.ML.DeepClustering;

/// <summary>What a scan found for one number of clusters. Means are over the trainings in which a measure is defined; NaN when it is in none.</summary>
/// <param name="NumberOfClusters">k.</param>
/// <param name="Trainings">A training for each seed, in the order of the seeds.</param>
/// <param name="Stability">
/// The mean adjusted Rand index over all pairs of trainings, of their clusters of all rows: 1 when every seed finds the same clusters, 0 when
/// they agree no more than by chance. NaN with fewer than two trainings that did not fail.
/// </param>
public sealed record ScannedNumberOfClusters(int NumberOfClusters, IReadOnlyList<ScannedTraining> Trainings, double Stability)
{
    /// <summary>The mean of <see cref="ScannedTraining.LowestLoss"/>.</summary>
    public double LowestLoss => Mean(t => t.LowestLoss);

    /// <summary>The mean of <see cref="ScannedTraining.Silhouette"/>.</summary>
    public double Silhouette => Mean(t => t.Silhouette);

    /// <summary>The mean of <see cref="ScannedTraining.DaviesBouldinIndex"/>.</summary>
    public double DaviesBouldinIndex => Mean(t => t.DaviesBouldinIndex);

    /// <summary>The mean of <see cref="ScannedTraining.CalinskiHarabaszIndex"/>.</summary>
    public double CalinskiHarabaszIndex => Mean(t => t.CalinskiHarabaszIndex);

    /// <summary>The number of trainings that gave no model.</summary>
    public int NumberOfFailures => Trainings.Count(t => t.Failure != null);

    /// <summary>The number of trainings that left a cluster without rows.</summary>
    public int NumberWithEmptyClusters => Trainings.Count(t => t.NumberOfEmptyClusters > 0);

    /// <summary>The means in one line.</summary>
    public override string ToString()
    {
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"k = {NumberOfClusters}: silhouette {Silhouette:0.000}, Davies-Bouldin {DaviesBouldinIndex:0.000}, Calinski-Harabasz {CalinskiHarabaszIndex:0.0}, stability {Stability:0.000}, loss {LowestLoss:0.0000}");
        if (NumberWithEmptyClusters > 0)
            line += $"; {NumberWithEmptyClusters} of {Trainings.Count} trainings left a cluster empty";
        if (NumberOfFailures > 0)
            line += $"; {NumberOfFailures} of {Trainings.Count} trainings failed";
        return line;
    }

    private double Mean(Func<ScannedTraining, double> measure)
        => Trainings.Select(measure).Where(v => !double.IsNaN(v)).DefaultIfEmpty(double.NaN).Average();
}
