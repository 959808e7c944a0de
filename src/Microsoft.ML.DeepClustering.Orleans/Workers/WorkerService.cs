using Microsoft.ML.DeepClustering.Orleans.Storage;

namespace Microsoft.ML.DeepClustering.Orleans.Workers;

/// <summary>What the runs of a silo share: their turn, the data on this machine and the storages.</summary>
internal sealed class WorkerService(DeepClusteringWorkerOptions options) : IDisposable
{
    private readonly SemaphoreSlim _turns = new(options.MaximumTrainings);
    private readonly Lock _lock = new();

    // Made by the first run that can: the disk may be full for a while.
    private WorkerFolder? _folder;

    public DeepClusteringWorkerOptions Options => options;

    /// <summary>The silo's folder on this machine.</summary>
    /// <exception cref="IOException">It cannot be made now.</exception>
    public WorkerFolder Folder
    {
        get
        {
            lock (_lock)
                return _folder ??= WorkerFolder.Create(options.CacheFolder);
        }
    }

    /// <summary>Waits for the turn of a run; dispose of it when the run has ended.</summary>
    public async Task<IDisposable> WaitForTurnAsync(CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Turn(_turns);
    }

    /// <summary>The storage of an address.</summary>
    /// <exception cref="InvalidOperationException">This silo knows none.</exception>
    public RunFiles Open(string address)
    {
        if (options.Storages.FirstOrDefault(storage => storage.Address == address) is { } known)
            return new(known);
        return FolderRunStorage.TryOpen(address, out var folder)
            ? new(folder)
            : throw new InvalidOperationException($"The silo knows no storage of the address {address}; add it to the Storages of AddDeepClusteringWorkers.");
    }

    public void Dispose()
    {
        _folder?.Dispose();
        _turns.Dispose();
    }

    private sealed class Turn(SemaphoreSlim turns) : IDisposable
    {
        private SemaphoreSlim? _turns = turns;

        public void Dispose() => Interlocked.Exchange(ref _turns, null)?.Release();
    }
}
