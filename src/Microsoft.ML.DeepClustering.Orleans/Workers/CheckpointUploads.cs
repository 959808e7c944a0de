using Microsoft.ML.DeepClustering.Orleans.Storage;

namespace Microsoft.ML.DeepClustering.Orleans.Workers;

/// <summary>Copies the checkpoint of a run to the storage whenever it is asked to and there is a new one. A fault is said once, and training goes on.</summary>
internal sealed class CheckpointUploads(RunFiles files, string key, string path, IProgress<RunMessage> messages)
{
    private (DateTime Written, long Length) _last = Look(path);
    private bool _warned;

    public async Task TryUploadAsync()
    {
        var now = Look(path);
        if (now == _last || now.Length == 0)
            return;
        try
        {
            await files.StoreUnfinishedAsync(key, path, CancellationToken.None).ConfigureAwait(false);
            _last = now;
        }
        catch (Exception e)
        {
            // Whatever a storage throws: the training beside this goes on.
            if (!_warned)
                messages.Report(new($"{e.Message} The run goes on; if its silo dies now, another goes on from the last checkpoint that was stored.", IsWarning: true));
            _warned = true;
        }
    }

    private static (DateTime Written, long Length) Look(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
    }
}
