using Microsoft.ML.DeepClustering.Checkpoints;
using Microsoft.ML.DeepClustering.Execution;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering;

/// <summary>Makes runs of other processes' trainings in this one, on the CPU.</summary>
public static class RunWorker
{
    /// <summary>
    /// Makes one run. It goes on from the checkpoint where there is one, writes it anew as often as
    /// <see cref="RunExecutor.CheckpointPeriod"/> and <see cref="DeepClusteringOptions.CheckpointInterval"/> say, and ends with a finished one. Nothing is left to do where the checkpoint is finished.
    /// </summary>
    /// <param name="request"><see cref="RunRequest.Text"/>.</param>
    /// <param name="dataPath">The batch's data file, or a copy of it.</param>
    /// <param name="checkpointPath">The file of the checkpoint, in a folder that exists. One worker at a time may use it.</param>
    /// <param name="progress">Is told of the run's log and progress, on this thread. Null is told nothing.</param>
    /// <param name="cancellationToken">Ends the run within one batch; the last checkpoint stays.</param>
    /// <exception cref="ArgumentException">The text is not that of a run.</exception>
    /// <exception cref="InvalidOperationException">The run is for another version of the library; or the checkpoint belongs to another run; or libtorch cannot be loaded.</exception>
    /// <exception cref="InvalidDataException">The data file or the checkpoint is damaged, or the data are others than those of the request.</exception>
    /// <exception cref="FileNotFoundException">There is no data file.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder of the checkpoint is missing.</exception>
    /// <exception cref="IOException">The checkpoint cannot be written, at the beginning or at the end.</exception>
    /// <exception cref="InsufficientMemoryException">The memory does not suffice.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void Train(
        string request, string dataPath, string checkpointPath, IProgress<RunMessage>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentException.ThrowIfNullOrEmpty(dataPath);
        ArgumentException.ThrowIfNullOrEmpty(checkpointPath);
        NativeFaults.Translate(
            () => Make(request, dataPath, checkpointPath, progress, cancellationToken),
            "The run",
            () => "lower BatchSize, ScoringBatchSize or the size of the network, give the worker more memory, or train on fewer rows");
    }

    /// <summary>Whether a file is the whole checkpoint of a run that has ended. False where there is none, or an unfinished or damaged one.</summary>
    /// <param name="checkpointPath">The file.</param>
    public static bool IsFinished(string checkpointPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(checkpointPath);
        try
        {
            return File.Exists(checkpointPath) && CheckpointFile.Read(checkpointPath).Header is { FinishedRuns.Count: > 0, Current: null };
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>
    /// Makes this process a worker where a <see cref="ChildProcessExecutor"/> has started it as one. It is the first line of Main in a program that uses one:
    /// <c>if (RunWorker.TryRun(args)) return;</c>
    /// </summary>
    /// <param name="args">The arguments of Main.</param>
    /// <returns>True when the process was a worker and its work is done: end it. False in a process that was started by anyone else: go on.</returns>
    public static bool TryRun(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        if (WorkerMark.Find(args) is not { } mark)
            return false;
        new WorkerProcess(new WorkerChannel(mark)).Run();
        return true;
    }

    private static void Make(string request, string dataPath, string checkpointPath, IProgress<RunMessage>? progress, CancellationToken cancellation)
    {
        var text = RunText.Read(request);
        var (options, shape) = text.Resolve();
        using var data = RunDataFile.Open(dataPath, text.DataSha256, shape, options.FeatureStorage, cancellation);
        options.CheckpointPath = checkpointPath;
        options.CancellationToken = cancellation;
        options.Progress = progress is null ? null : new ProgressMessages(progress);
        var environment = new TrainingEnvironment(options.Seed ?? 0, CPU, line => Tell(progress, new(line)), line => Tell(progress, new(line, IsWarning: true)));
        new Restarts(options, shape, environment, data.Classes, Checkpointer.CreateFactory(options, shape, data.Classes)).MakeRuns(data.Features);
        // A training goes on when its checkpoint cannot be written, but a run elsewhere leaves nothing else behind.
        if (!IsFinished(checkpointPath))
            throw new IOException($"The run has ended, but its checkpoint {checkpointPath} could not be written; make room there, and make the run again.");
    }

    private static void Tell(IProgress<RunMessage>? progress, RunMessage message)
    {
        if (progress is not null)
            CallerFault.Run(() => progress.Report(message));
    }
}
