using System.Collections.Concurrent;
using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering.Execution;

/// <summary>Brings what runs elsewhere say to the caller's handlers, on the thread that trains: each line under the number of its run among all.</summary>
/// <param name="runs">By the index of their request.</param>
/// <param name="environment">Takes the lines.</param>
/// <param name="progress">Takes the progress, or null.</param>
/// <param name="cancellation">Once it is cancelled no more progress is told.</param>
internal sealed class RunMessages(
    IReadOnlyList<ExecutedRun> runs, TrainingEnvironment environment, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
{
    // Runs do not wait for a slow handler: while so many messages wait, it hears of epochs alone.
    private const int MostWaiting = 1000;

    // What an only run is called in its own process.
    private static readonly string OnlyRun = Run.NameOf(0, 1);

    private readonly BlockingCollection<(int Index, RunMessage Message)> _queue = [];

    /// <summary>Queues a message; any thread may call it. What comes after the end is dropped.</summary>
    public void Add(RunRequest request, RunMessage message)
    {
        if (message.Text is null && (progress is null || (message.Progress is { Completed: null } && _queue.Count >= MostWaiting)))
            return;
        try
        {
            _queue.Add((request.Index, message));
        }
        catch (InvalidOperationException)
        {
            // The training has ended.
        }
    }

    /// <summary>Hands messages on until a task has ended and the last is told.</summary>
    public void HandOnUntil(Task work)
    {
        work.ContinueWith(_ => _queue.CompleteAdding(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        foreach (var (index, message) in _queue.GetConsumingEnumerable())
            HandOn(runs[index], message);
    }

    private void HandOn(ExecutedRun run, RunMessage message)
    {
        if (message.Progress is { } record && progress is not null && !cancellation.IsCancellationRequested)
            environment.Call(() => progress.Report(record with { Run = run.Index + 1, Runs = run.Runs }));
        if (message.Text is not { } text)
            return;
        var line = run.Training + Numbered(text, run);
        if (message.IsWarning)
            environment.Warn(line);
        else
            environment.Log(line);
    }

    // A line names its run as the only one, or not at all.
    private static string Numbered(string text, ExecutedRun run)
    {
        if (text.Contains(OnlyRun, StringComparison.OrdinalIgnoreCase))
            return text.Replace(OnlyRun, Run.NameOf(run.Index, run.Runs), StringComparison.Ordinal).Replace(OnlyRun.ToLowerInvariant(), Run.NameOf(run.Index, run.Runs).ToLowerInvariant(), StringComparison.Ordinal);
        return run.Runs > 1 ? $"run {run.Index + 1}/{run.Runs}, {text}" : text;
    }
}
