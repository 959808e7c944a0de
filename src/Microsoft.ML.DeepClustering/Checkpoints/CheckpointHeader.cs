#nullable disable
namespace Microsoft.ML.DeepClustering.Checkpoints;

/// <summary>All of a checkpoint that is not a tensor.</summary>
/// <param name="Format">The version of the layout.</param>
/// <param name="Training">What is trained on what.</param>
/// <param name="Seed">The seed of the first run.</param>
/// <param name="Threads">Threads of libtorch; with another number the last bits differ.</param>
/// <param name="FinishedRuns">The runs that have ended.</param>
/// <param name="KeptRun">The index of the best of them, whose weights the checkpoint has; -1 when there is none.</param>
/// <param name="Current">The run under way; null between runs.</param>
/// <param name="TensorsSha256">Of the entry of tensors.</param>
internal sealed record CheckpointHeader(
    int Format,
    TrainingIdentity Training,
    int Seed,
    int Threads,
    IReadOnlyList<RunRecord> FinishedRuns,
    int KeptRun,
    RunProgress Current,
    string TensorsSha256 = null);
