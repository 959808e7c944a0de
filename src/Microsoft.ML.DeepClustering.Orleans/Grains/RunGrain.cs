using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.ML.DeepClustering.Orleans.Workers;
using Orleans.Placement;

namespace Microsoft.ML.DeepClustering.Orleans.Grains;

/// <summary>
/// Makes one run on its silo. The caller's placement hint chooses the silo; an activation stays there until its run has ended. When the silo dies, the
/// next call makes an activation on another one, which goes on from the stored checkpoint.
/// </summary>
[GrainType("deep-clustering-run")]
[RandomPlacement]
[Immovable]
internal sealed partial class RunGrain(IServiceProvider services, ILocalSiloDetails silo, ILogger<RunGrain> logger) : Grain, IRunGrain
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly WorkerService? _workers = services.GetService<WorkerService>();
    private Attempt? _attempt;

    public async Task<RunStatus> WorkAsync(RunTicket ticket, RunPosition heard, TimeSpan wait)
    {
        if (_workers == null)
        {
            DeactivateOnIdle();
            return new() { State = RunState.NoWorkers, Silo = silo.SiloAddress, Capacity = 0, Position = default, Messages = [] };
        }

        if (_attempt is { Ended.IsCompleted: true } ended && heard.Attempt != ended.Id && !await IsOfUseAsync(_workers, ended, ticket))
            _attempt = _attempt == ended ? null : _attempt;
        var attempt = _attempt ??= Begin(_workers, ticket);
        await attempt.Ended.WaitAsync(wait < LongestWait ? wait : LongestWait).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        return attempt.StatusSince(heard, ticket.WantsProgress, silo.SiloAddress, _workers.Options.MaximumTrainings);
    }

    public Task CancelAsync()
    {
        _attempt?.Cancel();
        // The next call makes an activation where its caller wants it.
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    // It was cancelled, or the silo stops: what has been trained is stored, so that another silo goes on from there.
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_attempt is not { } attempt)
            return;
        attempt.Cancel();
        await attempt.Ended.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
    }

    // To a caller who has not heard of it: what it has left may have been deleted.
    private static async Task<bool> IsOfUseAsync(WorkerService workers, Attempt ended, RunTicket ticket)
    {
        try
        {
            return ended.State == RunState.Finished && await workers.Open(ticket.StorageAddress).IsFinishedAsync(ended.Key, CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // A new attempt says what is wrong with the storage.
            return false;
        }
    }

    private Attempt Begin(WorkerService workers, RunTicket ticket)
    {
        var attempt = new Attempt(workers, this.GetPrimaryKeyString(), ticket);
        DelayDeactivation(Timeout.InfiniteTimeSpan);
        LogBegun(attempt.Key);
        attempt.Begin();
        _ = FollowAsync(attempt);
        return attempt;
    }

    private async Task FollowAsync(Attempt attempt)
    {
        await attempt.Ended.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        LogEnded(attempt.Key, attempt.State, attempt.Fault ?? "");
        if (_attempt == attempt)
            DelayDeactivation(TimeSpan.Zero);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {Key} has come to this silo.")]
    private partial void LogBegun(string key);

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {Key} has left this silo: {State}. {Fault}")]
    private partial void LogEnded(string key, RunState state, string fault);
}
