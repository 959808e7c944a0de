namespace Microsoft.ML.DeepClustering.Tests.Execution;

/// <summary>Makes the runs with workers in this process, the last first.</summary>
internal sealed class WorkerExecutor : RunExecutor
{
    /// <summary>The last batch.</summary>
    public RunBatch? Batch { get; private set; }

    /// <summary>Takes the place of the worker where it is set.</summary>
    public Action<RunBatch, RunRequest>? Make { get; init; }

    public override Task ExecuteAsync(RunBatch batch, CancellationToken cancellationToken)
    {
        Batch = batch;
        foreach (var request in batch.Requests.Reverse())
        {
            if (Make is not null)
                Make(batch, request);
            else
                RunWorker.Train(request.Text, batch.DataPath, request.ResultPath, new Messages(batch, request), cancellationToken);
        }

        return Task.CompletedTask;
    }

    internal sealed class Messages(RunBatch batch, RunRequest request) : IProgress<RunMessage>
    {
        // As if they came from another machine.
        public void Report(RunMessage value) => batch.Report(request, RunMessage.Parse(value.ToJson()));
    }
}
