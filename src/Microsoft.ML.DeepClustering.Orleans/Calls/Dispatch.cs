using Microsoft.ML.DeepClustering.Orleans.Grains;
using Microsoft.ML.DeepClustering.Orleans.Storage;

namespace Microsoft.ML.DeepClustering.Orleans.Calls;

/// <summary>Has the runs of a batch made by the silos: those that the storage has are fetched, the others are started one by one as places get free.</summary>
internal sealed class Dispatch(IGrainFactory grains, RunFiles files, RunBatch batch, string cluster, TimeSpan interval, TimeSpan limit)
{
    private static readonly TimeSpan CancellationTime = TimeSpan.FromSeconds(5);

    private readonly SiloSlots _slots = new(() => grains.GetGrain<ISilosGrain>(0).ListAsync());
    private int _finished;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var left = await FetchFinishedAsync(cancellationToken).ConfigureAwait(false);
        if (left.Count == 0)
            return;
        await files.StoreDataAsync(batch.DataSha256, batch.DataPath, cancellationToken).ConfigureAwait(false);
        // A run that fails ends the others.
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var calls = new List<RunCall>();
        var runs = new List<Task>();
        try
        {
            var waiting = new Outage(limit, Explain);
            foreach (var request in left)
            {
                var silo = await _slots.TakeAsync(waiting, cancellation.Token).ConfigureAwait(false);
                var call = Call(request);
                calls.Add(call);
                runs.Add(FollowAsync(call.RunAsync(silo, interval, cancellation.Token), cancellation));
            }

            await Task.WhenAll(runs).ConfigureAwait(false);
        }
        catch
        {
            await cancellation.CancelAsync().ConfigureAwait(false);
            // First none of them calls any more.
            await Task.WhenAll(runs).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.WhenAll(calls.Select(call => call.TryCancelAsync(CancellationTime))).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            // The first fault, not the cancellation that follows it.
            if (runs.FirstOrDefault(run => run.IsFaulted) is { } failed)
                await failed.ConfigureAwait(false);
            throw;
        }
    }

    private async Task<List<RunRequest>> FetchFinishedAsync(CancellationToken cancellationToken)
    {
        var left = new List<RunRequest>();
        foreach (var request in batch.Requests)
        {
            if (await files.TryFetchFinishedAsync(request.Key, request.ResultPath, cancellationToken).ConfigureAwait(false))
                _finished++;
            else
                left.Add(request);
        }

        return left;
    }

    private RunCall Call(RunRequest request)
    {
        var ticket = new RunTicket
        {
            Text = request.Text, DataSha256 = batch.DataSha256, StorageAddress = files.Storage.Address, WantsProgress = batch.HasProgress,
        };
        return new(grains.GetGrain<IRunGrain>(request.Key), ticket, request, batch, files, _slots, new Outage(limit, Explain));
    }

    private async Task FollowAsync(Task run, CancellationTokenSource cancellation)
    {
        try
        {
            await run.ConfigureAwait(false);
            Interlocked.Increment(ref _finished);
        }
        catch
        {
            await cancellation.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private string Explain(string fault)
        => $"No silo of {cluster} has answered for {limit.TotalSeconds:0} s ({fault}); {_finished} of {batch.Requests.Count} runs are finished and stay in {files.Storage}: start the same training again, and it goes on from there.";
}
