namespace Samples.Reporting;

/// <summary>A straight line through performance against objective function mismatch, one point an epoch.</summary>
/// <param name="Slope">Its slope.</param>
/// <param name="RSquared">Its coefficient of determination R², 0 to 1.</param>
public sealed record MismatchRegression(double Slope, double RSquared);
