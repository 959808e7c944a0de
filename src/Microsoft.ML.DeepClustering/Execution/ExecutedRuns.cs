using Microsoft.ML.DeepClustering.Checkpoints;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Persistence;
using Microsoft.ML.DeepClustering.Training;
using TorchSharp;

namespace Microsoft.ML.DeepClustering.Execution;

/// <summary>
/// Has an executor make runs, and keeps their finished checkpoints, in a temporary folder, until it is disposed.
/// </summary>
internal sealed class ExecutedRuns : IDisposable
{
    private readonly RunsFolder _folder = new();
    private readonly InputShape _shape;
    private readonly TrainingEnvironment _environment;
    private readonly IReadOnlyList<ExecutedRun> _runs;
    private readonly TrainingIdentity _identity;

    /// <summary>Makes the runs; when it returns, all have ended.</summary>
    /// <param name="runs">At least one; all of one method.</param>
    /// <param name="options">Those of the whole, with the executor and the caller's handlers.</param>
    /// <param name="shape">The shape of a sample.</param>
    /// <param name="features">On the CPU.</param>
    /// <param name="classes">Of each row, or null.</param>
    /// <param name="environment">Where messages go.</param>
    public ExecutedRuns(
        IReadOnlyList<ExecutedRun> runs, DeepClusteringOptions options, InputShape shape, TrainingRows features, IReadOnlyList<int>? classes, TrainingEnvironment environment)
    {
        (_runs, _shape, _environment) = (runs, shape, environment);
        try
        {
            var data = Path.Combine(_folder.Path, "data.safetensors");
            var hash = RunDataWriter.Write(data, features, shape, classes, options.CancellationToken);
            _identity = TrainingIdentity.Compute(runs[0].Options, shape, features, classes);
            Execute(data, hash, options);
            Deletion.TryDeleteFile(data);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Refuses an executor that cannot make runs, before the data are read; null for none is all right.</summary>
    /// <exception cref="ArgumentException">A property of it is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The device is no CPU.</exception>
    public static void RequireUsable(RunExecutor? executor, torch.Device device)
    {
        if (executor is null)
            return;
        executor.Check();
        if (device.type != DeviceType.CPU)
            throw new InvalidOperationException($"The MLContext asks for the device {device}, but runs of a RunExecutor are made on CPUs; set GpuDeviceId to null, or RunExecutor.");
    }

    /// <summary>Adds a run to those of its training, once: its record, and its method where it gave one.</summary>
    /// <param name="place">Of the run in the list.</param>
    /// <param name="selection">The runs of its training before it.</param>
    /// <exception cref="InvalidDataException">The executor has left a file that is damaged.</exception>
    /// <exception cref="InvalidOperationException">The executor has left no finished checkpoint of the run.</exception>
    public void AddTo(RunSelection selection, int place)
    {
        var (run, path) = (_runs[place], ResultPath(place));
        var checkpoint = new CheckpointStore(path, run.Options, _identity.With(run.Options), _environment).Read();
        if (checkpoint is not { Header: { FinishedRuns: [var record], Current: null } header })
            throw new InvalidOperationException($"The RunExecutor has left no finished checkpoint of {run.Name} at its ResultPath; it must have one for each request before its task ends.");
        selection.Add(record, header.AllKept.Count > 0 ? KeptMethod.Create(checkpoint, 0, run.Options, _shape, _environment.Device) : run.Options.CreateMethod(_shape));
        Deletion.TryDeleteFile(path);
    }

    public void Dispose() => _folder.Dispose();

    private string ResultPath(int place) => Path.Combine(_folder.Path, $"run-{place + 1}.checkpoint");

    private void Execute(string data, string hash, DeepClusteringOptions options)
    {
        var requests = _runs.Select((run, place) =>
        {
            var text = RunText.Create(run.Options, _shape, hash);
            return new RunRequest(place, run.Name, text.ComputeKey(), text.Write(), ResultPath(place));
        }).ToArray();
        var messages = new RunMessages(_runs, _environment, options.Progress, options.CancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(options.CancellationToken);
        var batch = new RunBatch(data, hash, requests, options.ThreadsOfARun ?? 1, options.Progress is not null, messages.Add);
        // On threads of the pool: the caller's own may run no continuations while it waits.
        var work = Task.Run(() => options.RunExecutor!.ExecuteAsync(batch, stop.Token), CancellationToken.None);
        try
        {
            messages.HandOnUntil(work);
        }
        catch
        {
            // What the caller's handler threw ends the runs, and comes before what that makes the executor say.
            stop.Cancel();
            Task.WaitAny(work);
            throw;
        }

        if (!work.IsCompletedSuccessfully)
            options.CancellationToken.ThrowIfCancellationRequested();
        work.GetAwaiter().GetResult();
    }
}
