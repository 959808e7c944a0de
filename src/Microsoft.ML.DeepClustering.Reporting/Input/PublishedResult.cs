namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>What a paper published.</summary>
/// <param name="Accuracy">ACC, 0 to 1; null if not published.</param>
/// <param name="NormalizedMutualInformation">NMI, 0 to 1; null if not published.</param>
/// <param name="Source">Where, such as "Trosten et al. 2024, Table 2".</param>
internal sealed record PublishedResult(double? Accuracy, double? NormalizedMutualInformation, string Source);
