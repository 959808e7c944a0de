namespace Microsoft.ML.DeepClustering;

/// <summary>A run that is to be made elsewhere.</summary>
public sealed class RunRequest
{
    internal RunRequest(int index, string name, string key, string text, string resultPath)
        => (Index, Name, Key, Text, ResultPath) = (index, name, key, text, resultPath);

    /// <summary>The place of the run in <see cref="RunBatch.Requests"/>, from 0.</summary>
    public int Index { get; }

    /// <summary>What the run is called in messages, for example "run 2 of 6" or "k = 3, seed 5".</summary>
    public string Name { get; }

    /// <summary>
    /// The SHA-256, as 64 lower-case hexadecimal digits, of all that decides the result of the run: two requests of the same key are the same run, so that the
    /// checkpoint of one is that of the other.
    /// </summary>
    public string Key { get; }

    /// <summary>
    /// All that decides the run, as JSON that <see cref="RunWorker.Train"/> reads: the library's version, the method, its options, the seed, the shape of a row, the
    /// number of threads and the SHA-256 of the data file; and how often a checkpoint is written. It names no path of this machine.
    /// </summary>
    public string Text { get; }

    /// <summary>The path on this machine where the finished checkpoint is to be put. Its folder exists, and is deleted when the training has ended.</summary>
    public string ResultPath { get; }
}
