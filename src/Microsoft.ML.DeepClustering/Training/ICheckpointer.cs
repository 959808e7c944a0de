using Microsoft.ML.DeepClustering.Data;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>
/// Saves where a training stands, so that another process can go on from there. Restarts and their runs call it; the loop does not know it.
/// </summary>
internal interface ICheckpointer
{
    /// <summary>Called before the first run: takes up the runs that an earlier process has finished, or begins a checkpoint.</summary>
    /// <param name="seed">Of the first run, for a training that begins.</param>
    /// <returns>The seed of the first run, that of the earlier process if there was one.</returns>
    int Begin(int seed);

    /// <summary>Whether an earlier process has finished the run's current phase, so that there is nothing to train.</summary>
    bool IsPast(Run run);

    /// <summary>Takes up the run in its current phase where an earlier process left it.</summary>
    /// <returns>How far the phase had come; null for a phase that begins.</returns>
    PhaseProgress? Restore(Run run);

    /// <summary>The run takes its current phase over from another training: where an earlier process left it there is of no use.</summary>
    void Skip(Run run);

    /// <summary>Called after each epoch of a run.</summary>
    void Save(Run run);

    /// <summary>Called after each run, once the selection has it.</summary>
    void Finish(Run run);
}

/// <summary>Reads the checkpoint of a training, if there is one.</summary>
/// <param name="runs">The runs that have ended; the checkpointer adds those of an earlier process.</param>
/// <param name="features">All rows on the CPU, as they were read.</param>
/// <param name="environment">Where to train, and where messages go.</param>
internal delegate ICheckpointer CheckpointerFactory(RunSelection runs, TrainingRows features, TrainingEnvironment environment);
