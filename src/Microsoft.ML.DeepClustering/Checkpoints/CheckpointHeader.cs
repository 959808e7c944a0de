using System.Text.Json.Serialization;
using Microsoft.ML.DeepClustering.Persistence;
using Microsoft.ML.DeepClustering.Torch;

namespace Microsoft.ML.DeepClustering.Checkpoints;

/// <summary>The content of a checkpoint besides its tensors.</summary>
/// <param name="Format">The version of the layout.</param>
/// <param name="Training">The method, its options and the data.</param>
/// <param name="Seed">The seed of the first run.</param>
/// <param name="Threads">The number of libtorch's threads; with another one the last bits differ.</param>
/// <param name="FinishedRuns">The runs that have ended.</param>
/// <param name="KeptRun">The index of the first of them whose weights the checkpoint has; -1 when there is none.</param>
/// <param name="Current">The run under way; null between runs.</param>
/// <param name="TensorsSha256">The SHA-256 of the entry of tensors, in hexadecimal digits.</param>
internal sealed record CheckpointHeader(
    int Format,
    TrainingIdentity Training,
    int Seed,
    int Threads,
    IReadOnlyList<RunRecord> FinishedRuns,
    int KeptRun,
    RunProgress? Current,
    string? TensorsSha256 = null)
{
    /// <summary>The indices of further runs whose weights the checkpoint has; null when there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? FurtherKeptRuns { get; init; }

    /// <summary>The kind of device that trained; on another one the last bits differ. Null in files of versions that did not write it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Device { get; init; }

    /// <summary>The kind of processor that trained, as <see cref="ProcessorFeatures.Text"/> has it; on another one the last bits may differ. Null in files of versions that did not write it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Processor { get; init; }

    /// <summary>The version that trained, as <see cref="LibraryVersion.Text"/> has it. Null in files of versions that did not write it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Version { get; init; }

    /// <summary>The indices of all runs whose weights the checkpoint has.</summary>
    [JsonIgnore]
    public IReadOnlyList<int> AllKept => KeptRun < 0 ? [] : [KeptRun, .. FurtherKeptRuns ?? []];
}
