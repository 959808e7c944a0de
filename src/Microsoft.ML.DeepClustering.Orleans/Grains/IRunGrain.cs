using Orleans.Concurrency;

namespace Microsoft.ML.DeepClustering.Orleans.Grains;

/// <summary>One run of one training; its key is that of the <see cref="RunRequest"/>.</summary>
[Alias("DeepClustering.IRunGrain")]
internal interface IRunGrain : IGrainWithStringKey
{
    /// <summary>
    /// Starts the run, or joins it when it has been started, and says where it stands after some time, or at once when it ends. A run that failed or
    /// was cancelled is tried anew for a caller who has not heard of that attempt.
    /// </summary>
    /// <param name="ticket">The run.</param>
    /// <param name="heard">What the caller has heard.</param>
    /// <param name="wait">How long to wait for the end, 10 s at most.</param>
    [Alias("Work")]
    [AlwaysInterleave]
    [ResponseTimeout("00:00:30")]
    Task<RunStatus> WorkAsync(RunTicket ticket, RunPosition heard, TimeSpan wait);

    /// <summary>Ends the run; its checkpoint stays.</summary>
    [Alias("Cancel")]
    [AlwaysInterleave]
    Task CancelAsync();
}
