namespace Microsoft.ML.DeepClustering.Orleans.Grains;

/// <summary>How many messages of an attempt at a run have been heard. The default: of none.</summary>
[GenerateSerializer]
[Immutable]
[Alias("DeepClustering.RunPosition")]
internal readonly record struct RunPosition([property: Id(0)] Guid Attempt, [property: Id(1)] int Messages);
