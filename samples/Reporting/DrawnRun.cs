namespace Samples.Reporting;

/// <summary>A run with its pictures.</summary>
/// <param name="Run">The run.</param>
/// <param name="Pictures">Its pictures, in the order to show them.</param>
/// <param name="Strips">Its images by cluster; empty without images.</param>
/// <param name="Sheet">The same as one picture; null without images.</param>
internal sealed record DrawnRun(RunReport Run, IReadOnlyList<Picture> Pictures, IReadOnlyList<ClusterStrips> Strips, Picture? Sheet);
