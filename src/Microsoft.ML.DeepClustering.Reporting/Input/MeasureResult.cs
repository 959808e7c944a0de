namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>One measure over several runs. Values are shares, 0 to 1 (ARI: -0.5 to 1), shown in percent; NaN is shown as a dash.</summary>
/// <param name="LowestLoss">The value of the run of lowest loss.</param>
/// <param name="BootstrapDeviation">The standard deviation of that value over bootstrap samples of the runs; NaN if unknown.</param>
/// <param name="Mean">The mean over the runs; NaN if unknown.</param>
/// <param name="StandardDeviation">The standard deviation over the runs; NaN if unknown.</param>
internal sealed record MeasureResult(
    double LowestLoss, double BootstrapDeviation = double.NaN, double Mean = double.NaN, double StandardDeviation = double.NaN);
