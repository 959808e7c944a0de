using System.Security.Cryptography;

namespace Microsoft.ML.DeepClustering.Orleans.Storage;

/// <summary>
/// The files of trainings in a storage: <c>data/HASH</c>, the rows of a training, named by their content; <c>runs/KEY.checkpoint</c>, where a run stands;
/// <c>runs/KEY.finished</c>, the checkpoint of a run that has ended, which no unfinished one ever replaces.
/// </summary>
internal sealed class RunFiles(RunStorage storage)
{
    public RunStorage Storage => storage;

    /// <summary>Stores the rows of a training, unless they are there.</summary>
    public async Task StoreDataAsync(string hash, string path, CancellationToken cancellationToken)
    {
        if (!await storage.ExistsAsync(Data(hash), cancellationToken).ConfigureAwait(false))
            await storage.StoreAsync(Data(hash), path, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Copies the rows of a training to this machine, and checks them.</summary>
    /// <exception cref="IOException">They are missing or damaged.</exception>
    public async Task FetchDataAsync(string hash, string path, CancellationToken cancellationToken)
    {
        if (!await storage.FetchAsync(Data(hash), path, cancellationToken).ConfigureAwait(false))
            throw new IOException($"The storage {storage} has no file {Data(hash)}, the data of this training; start the same training again, which stores it.");
        string found;
        await using (var stream = File.OpenRead(path))
            found = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false));
        if (found == hash)
            return;
        Deletion.TryDelete(path);
        throw new IOException($"The file {Data(hash)} in the storage {storage} is damaged: its content has the SHA-256 {found}. Delete it and start the same training again, which stores it.");
    }

    /// <summary>Says whether a run has ended.</summary>
    public Task<bool> IsFinishedAsync(string key, CancellationToken cancellationToken) => storage.ExistsAsync(Finished(key), cancellationToken);

    /// <summary>Stores the checkpoint of a run that has ended, and deletes those from before its end if it can.</summary>
    public async Task StoreFinishedAsync(string key, string path, CancellationToken cancellationToken)
    {
        await StoreSealedAsync(Finished(key), path, cancellationToken).ConfigureAwait(false);
        try
        {
            await storage.DeleteAsync(Unfinished(key), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Nobody reads it any more.
        }
    }

    /// <summary>Stores a checkpoint of a run; none, when the run has ended on another silo.</summary>
    public async Task StoreUnfinishedAsync(string key, string path, CancellationToken cancellationToken)
    {
        if (!await IsFinishedAsync(key, cancellationToken).ConfigureAwait(false))
            await StoreSealedAsync(Unfinished(key), path, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Copies the checkpoint of a run that has ended to this machine; false when there is none, or a damaged one, which is deleted.</summary>
    public Task<bool> TryFetchFinishedAsync(string key, string path, CancellationToken cancellationToken) => TryFetchAsync(Finished(key), path, cancellationToken);

    /// <summary>Copies the checkpoint of a run to this machine; false when there is none, or a damaged one, which is deleted.</summary>
    public Task<bool> TryFetchUnfinishedAsync(string key, string path, CancellationToken cancellationToken) => TryFetchAsync(Unfinished(key), path, cancellationToken);

    private static string Data(string hash) => $"data/{hash}";

    private static string Finished(string key) => $"runs/{key}.finished";

    private static string Unfinished(string key) => $"runs/{key}.checkpoint";

    private async Task StoreSealedAsync(string name, string path, CancellationToken cancellationToken)
    {
        var copy = TemporaryBeside(path);
        try
        {
            await SealedFile.SealAsync(path, copy, cancellationToken).ConfigureAwait(false);
            await storage.StoreAsync(name, copy, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Deletion.TryDelete(copy);
        }
    }

    private async Task<bool> TryFetchAsync(string name, string path, CancellationToken cancellationToken)
    {
        var copy = TemporaryBeside(path);
        try
        {
            if (!await storage.FetchAsync(name, copy, cancellationToken).ConfigureAwait(false))
                return false;
            if (await SealedFile.TryOpenAsync(copy, cancellationToken).ConfigureAwait(false))
            {
                File.Move(copy, path, overwrite: true);
                return true;
            }

            await storage.DeleteAsync(name, cancellationToken).ConfigureAwait(false);
            return false;
        }
        finally
        {
            Deletion.TryDelete(copy);
        }
    }

    private static string TemporaryBeside(string path) => $"{path}.{Guid.NewGuid():N}.tmp";
}
