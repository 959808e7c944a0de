namespace Microsoft.ML.DeepClustering;

/// <summary>Runs on the same data that an executor makes, in any order and any number of them at a time.</summary>
public sealed class RunBatch
{
    private readonly Action<RunRequest, RunMessage> _report;

    internal RunBatch(
        string dataPath, string dataSha256, IReadOnlyList<RunRequest> requests, int threadsPerRun, bool hasProgress, Action<RunRequest, RunMessage> report)
        => (DataPath, DataSha256, Requests, ThreadsPerRun, HasProgress, _report) = (dataPath, dataSha256, requests, threadsPerRun, hasProgress, report);

    /// <summary>
    /// The path on this machine of the file of all rows, with their weights and classes, in the safetensors format. It is deleted when the training has ended.
    /// </summary>
    public string DataPath { get; }

    /// <summary>The SHA-256 of that file as 64 lower-case hexadecimal digits: the name to store it under.</summary>
    public string DataSha256 { get; }

    /// <summary>The runs, at least one.</summary>
    public IReadOnlyList<RunRequest> Requests { get; }

    /// <summary>The number of libtorch's threads in each run, 1 or more: what the options say, else the executor.</summary>
    public int ThreadsPerRun { get; }

    /// <summary>Whether the caller listens to progress. If not, only texts need to be sent: <see cref="Report"/> drops the rest.</summary>
    public bool HasProgress { get; }

    /// <summary>
    /// Hands on what a run has said: progress to <see cref="DeepClusteringOptions.Progress"/>, with the run's number among all, and text to the log. Any thread may
    /// call it at any time. It only queues the message, in the order of the calls; the caller's handlers run on the thread that trains.
    /// </summary>
    /// <param name="request">One of <see cref="Requests"/>.</param>
    /// <param name="message">What the run has said, or a text of the executor's own.</param>
    public void Report(RunRequest request, RunMessage message)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(message);
        _report(request, message);
    }
}
