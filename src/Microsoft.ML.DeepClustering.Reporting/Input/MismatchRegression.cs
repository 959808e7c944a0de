namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>R-OFM: the polynomial fitted to the performance over the auxiliary loss, a point an epoch. Trosten et al. 2024, Equations 19 to 21.</summary>
/// <param name="Slope">Its mean slope over the epochs.</param>
/// <param name="RSquared">Its R², at most 1.</param>
internal sealed record MismatchRegression(double Slope, double RSquared);
