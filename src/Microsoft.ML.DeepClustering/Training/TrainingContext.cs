using Microsoft.ML.DeepClustering.Data;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>What a run trains with: the data, its one source of randomness, and where messages go.</summary>
/// <param name="Data">Prepared features, on the device of training.</param>
/// <param name="Generator">The only randomness of the run; on the CPU.</param>
/// <param name="Log">Takes one line of text for the user.</param>
/// <param name="Warn">Takes one line that the user should not miss.</param>
/// <param name="Cancellation">Honoured within one batch.</param>
internal sealed record TrainingContext(
    TrainingRows Data, Generator Generator, Action<string> Log, Action<string> Warn, CancellationToken Cancellation)
{
    /// <summary>n, the number of rows.</summary>
    public long Rows => Data.Count;

    /// <summary>The records of all epochs of the run so far; it grows.</summary>
    public IReadOnlyList<EpochRecord> Epochs { get; init; } = [];

    /// <summary>How much each of these rows counts, (n) of int64 -> (n); null where all rows count alike.</summary>
    public Tensor? WeightsOf(Tensor indices) => Data.Weights?.index_select(0, indices);

    /// <summary>A random order of all rows, (n) of int64, on the device of the data. The caller frees it.</summary>
    public Tensor Shuffled()
    {
        using var scope = NewDisposeScope();
        return randperm(Rows, dtype: ScalarType.Int64, device: CPU, generator: Generator).to(Data.Device).MoveToOuterDisposeScope();
    }
}
