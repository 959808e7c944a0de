namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>A point of a line.</summary>
/// <param name="X">Where it stands on the horizontal axis, such as the epoch.</param>
/// <param name="Y">Its value.</param>
internal readonly record struct SeriesPoint(double X, double Y);
