using Microsoft.ML.DeepClustering.Orleans.Grains;
using Microsoft.ML.DeepClustering.Orleans.Storage;
using Orleans.Runtime.Placement;

namespace Microsoft.ML.DeepClustering.Orleans.Calls;

/// <summary>Sees one run through: asks its grain again and again, on another silo when one dies, until its finished checkpoint is here.</summary>
internal sealed class RunCall(IRunGrain grain, RunTicket ticket, RunRequest request, RunBatch batch, RunFiles files, SiloSlots slots, Outage outage)
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    // A silo answers at once; a call that was lost with its gateway is never answered.
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(10);

    // Calls that are on their way, or whose answers are.
    private readonly List<Task> _unanswered = [];

    private SiloAddress? _silo;
    private SiloAddress? _trainer;
    private RunPosition _heard;
    private int _moves;

    /// <summary>Starts the run on a silo, or joins it where it is.</summary>
    /// <param name="silo">Where a place was taken for it; it is given back.</param>
    /// <param name="interval">How often to ask.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public async Task RunAsync(SiloAddress silo, TimeSpan interval, CancellationToken cancellationToken)
    {
        _silo = silo;
        try
        {
            while (!await TryFinishAsync(interval, cancellationToken).ConfigureAwait(false))
            {
            }
        }
        finally
        {
            slots.Return(_silo);
        }
    }

    /// <summary>Ends the run on its silo, if that can be reached. No other call may begin meanwhile.</summary>
    /// <param name="wait">The longest wait for each answer.</param>
    public async Task TryCancelAsync(TimeSpan wait)
    {
        var cancelled = grain.CancelAsync();
        await cancelled.WaitAsync(wait).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_unanswered.Count == 0 || !cancelled.IsCompletedSuccessfully)
            return;
        // A call that comes to the grain after the cancellation begins the run anew; so cancel again what it may have begun.
        await Task.WhenAll(_unanswered).WaitAsync(wait + AnswerTime).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await grain.CancelAsync().WaitAsync(wait).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<bool> TryFinishAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RunStatus status;
        try
        {
            RequestContext.Set(IPlacementDirector.PlacementHintKey, _silo!);
            var call = grain.WorkAsync(ticket, _heard, interval);
            _unanswered.RemoveAll(former => former.IsCompleted);
            _unanswered.Add(call);
            status = await call.WaitAsync(interval + AnswerTime, cancellationToken).ConfigureAwait(false);
            _unanswered.Remove(call);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // The silo died, or cannot be reached: then it may have stored what it has made. Otherwise the next call finds another silo, or the same again.
            slots.Suspect(_silo!);
            if (await files.TryFetchFinishedAsync(request.Key, request.ResultPath, cancellationToken).ConfigureAwait(false))
                return true;
            await MoveAsync(e.GetBaseException().Message, cancellationToken).ConfigureAwait(false);
            return false;
        }

        if (status.State == RunState.NoWorkers)
        {
            slots.Suspect(_silo!);
            await MoveAsync($"the silo {status.Silo.Endpoint} does not train; call AddDeepClusteringWorkers there", cancellationToken).ConfigureAwait(false);
            return false;
        }

        outage.End();
        _silo = slots.Answered(_silo!, status.Silo, status.Capacity);
        if (status.State == RunState.Training && _trainer != status.Silo)
            batch.Report(request, new($"The silo {status.Silo.Endpoint} trains it."));
        _trainer = status.State == RunState.Training ? status.Silo : _trainer;
        foreach (var message in status.Messages)
            batch.Report(request, RunMessage.Parse(message));
        _heard = status.Position;
        return await TryEndAsync(status, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> TryEndAsync(RunStatus status, CancellationToken cancellationToken)
    {
        switch (status.State)
        {
            case RunState.Finished:
                if (!await files.TryFetchFinishedAsync(request.Key, request.ResultPath, cancellationToken).ConfigureAwait(false))
                    throw new IOException($"The silo {status.Silo.Endpoint} has finished {request.Name}, but the storage {files.Storage} has no whole checkpoint of it; start the same training again.");
                return true;
            case RunState.Failed:
                throw new InvalidOperationException($"On the silo {status.Silo.Endpoint}, {request.Name} failed: {status.Fault}");
            case RunState.Cancelled:
                // Not by this caller: the silo stops, say.
                _heard = default;
                await Task.Delay(RetryInterval, cancellationToken).ConfigureAwait(false);
                return false;
            case RunState.Waiting:
                await TryMoveToFreeSiloAsync(cancellationToken).ConfigureAwait(false);
                return false;
            default:
                return false;
        }
    }

    private async Task MoveAsync(string fault, CancellationToken cancellationToken)
    {
        outage.ThrowIfTooLong(fault);
        _silo = slots.Move(_silo!);
        await Task.Delay(RetryInterval, cancellationToken).ConfigureAwait(false);
    }

    private async Task TryMoveToFreeSiloAsync(CancellationToken cancellationToken)
    {
        if (await slots.TryTakeFreeAsync(_silo!, _moves, cancellationToken).ConfigureAwait(false) is not { } free)
            return;
        await TryCancelAsync(RetryInterval).ConfigureAwait(false);
        (_silo, _heard) = (free, default);
        _moves++;
    }
}
