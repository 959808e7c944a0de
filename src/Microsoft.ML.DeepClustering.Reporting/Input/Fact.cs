namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>A fact about a run.</summary>
/// <param name="Name">Such as "seed".</param>
/// <param name="Value">The value as it is to be read.</param>
internal sealed record Fact(string Name, string Value);
