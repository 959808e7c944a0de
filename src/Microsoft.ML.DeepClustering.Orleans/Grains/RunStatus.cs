namespace Microsoft.ML.DeepClustering.Orleans.Grains;

/// <summary>Where a run stands, and what it has said since the caller asked last.</summary>
[GenerateSerializer]
[Immutable]
[Alias("DeepClustering.RunStatus")]
internal sealed record RunStatus
{
    [Id(0)]
    public required RunState State { get; init; }

    /// <summary>The silo that answers.</summary>
    [Id(1)]
    public required SiloAddress Silo { get; init; }

    /// <summary>How many trainings the silo makes at a time.</summary>
    [Id(2)]
    public required int Capacity { get; init; }

    /// <summary>What has been heard when these messages have been: for the next call.</summary>
    [Id(3)]
    public required RunPosition Position { get; init; }

    /// <summary>Messages as JSON, in their order.</summary>
    [Id(4)]
    public required string[] Messages { get; init; }

    /// <summary>Why it failed, one sentence; null otherwise.</summary>
    [Id(5)]
    public string? Fault { get; init; }
}
