using Microsoft.ML.DeepClustering.Orleans.Grains;
using Microsoft.ML.DeepClustering.Orleans.Storage;

namespace Microsoft.ML.DeepClustering.Orleans.Workers;

/// <summary>An attempt at a run on this silo: from its stored checkpoint, or from the beginning, to its finished checkpoint in the storage.</summary>
internal sealed class Attempt
{
    private static readonly TimeSpan[] StoringPauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4)];

    private readonly WorkerService _workers;
    private readonly RunTicket _ticket;
    private readonly MessageLog _messages;
    private readonly CancellationTokenSource _cancellation = new();
    private volatile RunState _state = RunState.Waiting;

    public Attempt(WorkerService workers, string key, RunTicket ticket)
    {
        (_workers, Key, _ticket) = (workers, key, ticket);
        _messages = new(Id);
    }

    public Guid Id { get; } = Guid.NewGuid();

    public string Key { get; }

    public RunState State => _state;

    public string? Fault { get; private set; }

    /// <summary>Ends with the attempt, never with an error.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>Begins it, away from the scheduler of the caller.</summary>
    public void Begin() => Ended = Task.Run(TryWorkAsync);

    public void Cancel() => _cancellation.Cancel();

    public RunStatus StatusSince(RunPosition heard, bool withProgress, SiloAddress silo, int capacity)
    {
        // First the state: what was said before the end is then among the messages.
        var state = _state;
        var (messages, position) = _messages.Since(heard, withProgress);
        return new() { State = state, Silo = silo, Capacity = capacity, Position = position, Messages = messages, Fault = state == RunState.Failed ? Fault : null };
    }

    private async Task TryWorkAsync()
    {
        try
        {
            await WorkAsync(_cancellation.Token).ConfigureAwait(false);
            _state = RunState.Finished;
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            _state = RunState.Cancelled;
        }
        catch (Exception e)
        {
            // Whatever it was, the caller hears of it.
            Fault = e.Message;
            _state = RunState.Failed;
        }
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        var files = _workers.Open(_ticket.StorageAddress);
        using var turn = await _workers.WaitForTurnAsync(cancellationToken).ConfigureAwait(false);
        _state = RunState.Training;
        if (await files.IsFinishedAsync(Key, cancellationToken).ConfigureAwait(false))
            return;
        var data = await _workers.Folder.AcquireDataAsync(files, _ticket.DataSha256, cancellationToken).ConfigureAwait(false);
        var checkpoint = Path.Combine(_workers.Folder.Path, $"{Id:N}.checkpoint");
        try
        {
            await files.TryFetchUnfinishedAsync(Key, checkpoint, cancellationToken).ConfigureAwait(false);
            await TrainAsync(files, data, checkpoint, cancellationToken).ConfigureAwait(false);
            await StoreFinishedAsync(files, checkpoint, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Deletion.TryDelete(checkpoint);
            await _workers.Folder.ReleaseAsync(_ticket.DataSha256).ConfigureAwait(false);
        }
    }

    // A storage that is away for a moment costs no training.
    private async Task StoreFinishedAsync(RunFiles files, string checkpoint, CancellationToken cancellationToken)
    {
        foreach (var pause in StoringPauses)
        {
            try
            {
                await files.StoreFinishedAsync(Key, checkpoint, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception) when (!cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
            }
        }

        await files.StoreFinishedAsync(Key, checkpoint, cancellationToken).ConfigureAwait(false);
    }

    // On a thread of its own; beside it, its checkpoint goes to the storage.
    private async Task TrainAsync(RunFiles files, string data, string checkpoint, CancellationToken cancellationToken)
    {
        var uploads = new CheckpointUploads(files, Key, checkpoint, _messages);
        var training = Task.Factory.StartNew(
            () => RunWorker.Train(_ticket.Text, data, checkpoint, _messages, cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        while (await Task.WhenAny(training, Task.Delay(_workers.Options.UploadInterval, CancellationToken.None)).ConfigureAwait(false) != training)
            await uploads.TryUploadAsync().ConfigureAwait(false);
        if (!training.IsCompletedSuccessfully)
            await uploads.TryUploadAsync().ConfigureAwait(false);
        await training.ConfigureAwait(false);
    }
}
