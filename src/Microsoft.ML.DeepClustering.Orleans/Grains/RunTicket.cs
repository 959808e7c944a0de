namespace Microsoft.ML.DeepClustering.Orleans.Grains;

/// <summary>All that a silo needs to make a run: text and names of files.</summary>
[GenerateSerializer]
[Immutable]
[Alias("DeepClustering.RunTicket")]
internal sealed record RunTicket
{
    /// <summary>The text of the <see cref="RunRequest"/>.</summary>
    [Id(0)]
    public required string Text { get; init; }

    /// <summary>The name of the data.</summary>
    [Id(1)]
    public required string DataSha256 { get; init; }

    /// <summary>The address of the storage of data and checkpoints.</summary>
    [Id(2)]
    public required string StorageAddress { get; init; }

    /// <summary>Whether the caller wants to hear of progress, and not only texts.</summary>
    [Id(3)]
    public required bool WantsProgress { get; init; }
}
