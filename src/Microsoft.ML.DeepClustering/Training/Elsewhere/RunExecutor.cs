namespace Microsoft.ML.DeepClustering;

/// <summary>
/// Makes the runs of a training somewhere else than in the thread that asks for it: in other processes, as <see cref="ChildProcessExecutor"/> does, or on
/// other machines. Where a run is made does not change its result, bit for bit, on processors of one kind and with the same number of threads a run.
/// </summary>
/// <remarks>
/// An executor gives each worker a request's text, the data file and a place for a checkpoint; the worker calls <see cref="RunWorker.Train"/>. The checkpoint is all
/// that a run leaves behind: unfinished it is where any other worker goes on, finished it holds the run's records and weights.
/// </remarks>
public abstract class RunExecutor
{
    /// <summary>
    /// Threads of libtorch in each run, 1 to 1024, where <see cref="DeepClusteringOptions.NumberOfThreads"/> is null. Results are the same bit for bit only for
    /// the same number. Default: 1.
    /// </summary>
    public int ThreadsPerRun { get; init; } = 1;

    /// <summary>
    /// The least time from one checkpoint of a run to the next, 0 or more: what a run whose worker dies loses at most, and a little more where epochs are long. The end of
    /// each phase is always saved. Writing the checkpoint of a large network may take longer than an epoch on few rows. Default: 10 seconds.
    /// </summary>
    public TimeSpan CheckpointPeriod { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Makes all runs of a batch, in any order.</summary>
    /// <param name="batch">The runs, and the file of the data that they train on.</param>
    /// <param name="cancellationToken">Ends the runs; what they have written to their checkpoints may stay.</param>
    /// <returns>
    /// A task that ends when each run has a finished checkpoint at its <see cref="RunRequest.ResultPath"/>, and fails with one sentence when a run cannot be made.
    /// A run that diverges is no error: its record says so.
    /// </returns>
    public abstract Task ExecuteAsync(RunBatch batch, CancellationToken cancellationToken);

    /// <summary>Throws what can be said of the executor before there are runs.</summary>
    internal virtual void Check()
    {
    }
}
