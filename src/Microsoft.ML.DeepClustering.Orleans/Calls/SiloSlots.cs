using System.Diagnostics;

namespace Microsoft.ML.DeepClustering.Orleans.Calls;

/// <summary>
/// The places of the silos, each as many as it trains runs at a time: a run takes one before it is started, so that silos are used evenly and a fast one
/// gets more. A silo that does not answer is left alone for a while.
/// </summary>
internal sealed class SiloSlots(Func<Task<SiloAddress[]>> list)
{
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SuspicionTime = TimeSpan.FromSeconds(30);

    private readonly Dictionary<SiloAddress, Slots> _silos = [];
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _refreshing = new(1);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _refreshed;

    /// <summary>Takes a place; waits until there is one.</summary>
    /// <param name="outage">Ends the wait when no silo has answered for too long.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<SiloAddress> TakeAsync(Outage outage, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var fault = await TryRefreshAsync(cancellationToken).ConfigureAwait(false);
            Task changed;
            lock (_lock)
            {
                if (TryTake(slots => slots.HasRoom) is { } silo)
                    return silo;
                if (fault == null && _silos.Values.Any(slots => slots.IsUsable))
                    outage.End();
                changed = _changed.Task;
            }

            outage.ThrowIfTooLong(fault ?? "no silo that trains is up");

            await Task.WhenAny(changed, Task.Delay(RefreshInterval, cancellationToken)).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Takes a place on another silo for a run that waits for its turn; null when there is none. Silos where a run of this caller has had to wait are left out for
    /// a while, for twice as long after each move: other callers' runs fill them, and a run that goes from one to the next is the last everywhere.
    /// </summary>
    /// <param name="silo">Where it waits.</param>
    /// <param name="moves">How often the run has moved so.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<SiloAddress?> TryTakeFreeAsync(SiloAddress silo, int moves, CancellationToken cancellationToken)
    {
        await TryRefreshAsync(cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            SlotsOf(silo).WaitedAt = Stopwatch.GetTimestamp();
            if (TryTake(slots => slots.HasRoom && !IsRecent(slots.WaitedAt, HoldAfter(moves))) is not { } free)
                return null;
            SlotsOf(silo).Used--;
            return free;
        }
    }

    /// <summary>Gives a place back.</summary>
    public void Return(SiloAddress silo)
    {
        lock (_lock)
        {
            SlotsOf(silo).Used--;
            Change();
        }
    }

    /// <summary>A silo answered: a run may turn out to be on another silo than was thought.</summary>
    public SiloAddress Answered(SiloAddress thought, SiloAddress silo, int capacity)
    {
        lock (_lock)
        {
            SlotsOf(thought).Used--;
            var slots = SlotsOf(silo);
            (slots.Used, slots.Capacity, slots.SuspectedAt) = (slots.Used + 1, capacity, null);
            Change();
            return silo;
        }
    }

    /// <summary>A silo did not answer, or has no workers: it gets no more runs for a while.</summary>
    public void Suspect(SiloAddress silo)
    {
        lock (_lock)
            SlotsOf(silo).SuspectedAt = Stopwatch.GetTimestamp();
    }

    /// <summary>Moves a run from a silo to another one, even if that is busy; without one it stays.</summary>
    public SiloAddress Move(SiloAddress silo)
    {
        lock (_lock)
        {
            if (TryTake(_ => true) is not { } other)
                return silo;
            SlotsOf(silo).Used--;
            Change();
            return other;
        }
    }

    // The fault, when no silo says which there are.
    private async Task<string?> TryRefreshAsync(CancellationToken cancellationToken)
    {
        await _refreshing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_refreshed != 0 && Stopwatch.GetElapsedTime(_refreshed) < RefreshInterval)
                return null;
            var silos = await list().WaitAsync(AnswerTime, cancellationToken).ConfigureAwait(false);
            lock (_lock)
            {
                foreach (var slots in _silos.Values)
                    slots.IsUp = false;
                foreach (var silo in silos)
                    SlotsOf(silo).IsUp = true;
            }

            _refreshed = Stopwatch.GetTimestamp();
            return null;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return e.GetBaseException().Message;
        }
        finally
        {
            _refreshing.Release();
        }
    }

    // The silo with the most room; its address decides between equals.
    private SiloAddress? TryTake(Predicate<Slots> fits)
    {
        var best = _silos
            .Where(entry => entry.Value.IsUsable && fits(entry.Value))
            .OrderBy(entry => (double)entry.Value.Used / entry.Value.Capacity)
            .ThenBy(entry => entry.Key)
            .Select(entry => entry.Key)
            .FirstOrDefault();
        if (best != null)
            _silos[best].Used++;
        return best;
    }

    private Slots SlotsOf(SiloAddress silo)
    {
        if (!_silos.TryGetValue(silo, out var slots))
            _silos.Add(silo, slots = new());
        return slots;
    }

    /// <summary>How long a silo where a run had to wait is left out by one that has moved so often.</summary>
    internal static TimeSpan HoldAfter(int moves) => SuspicionTime * Math.Pow(2, Math.Min(moves, 16));

    private static bool IsRecent(long? time, TimeSpan span) => time is { } then && Stopwatch.GetElapsedTime(then) < span;

    private void Change()
    {
        _changed.SetResult();
        _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Slots
    {
        public bool IsUp { get; set; }

        public int Used { get; set; }

        public int Capacity { get; set; } = 1;

        public long? SuspectedAt { get; set; }

        /// <summary>When a run last waited there for its turn.</summary>
        public long? WaitedAt { get; set; }

        public bool IsUsable => IsUp && !IsRecent(SuspectedAt, SuspicionTime);

        public bool HasRoom => Used < Capacity;
    }
}
