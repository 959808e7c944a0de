using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.ML.DeepClustering.Orleans.Calls;
using Microsoft.ML.DeepClustering.Orleans.Storage;
using Orleans.Configuration;

namespace Microsoft.ML.DeepClustering.Orleans;

/// <summary>
/// Has the runs of a training made by the silos of an Orleans cluster, which call <c>AddDeepClusteringWorkers</c>. Their results are those of runs in this
/// process, bit for bit, on processors of the same kind.
/// </summary>
/// <remarks>
/// Each silo gets as many runs at a time as it trains. A run whose silo dies goes on from its last stored checkpoint on another one. Finished runs stay
/// in the storage: the same training, with the same data, options and seed, finds them there, and joins those that are still being made. Cancelling the
/// training ends its runs on the silos; a caller that is killed does not.
/// </remarks>
public sealed class OrleansRunExecutor : RunExecutor
{
    private readonly IGrainFactory _cluster;
    private readonly RunFiles _files;

    /// <param name="cluster">The cluster: an <see cref="IClusterClient"/> that is connected, or the grain factory of a silo.</param>
    /// <param name="storage">Where data and checkpoints go: what this process and all silos reach.</param>
    public OrleansRunExecutor(IGrainFactory cluster, RunStorage storage)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(storage);
        (_cluster, _files) = (cluster, new(storage));
    }

    /// <summary>How often a run is asked for its progress, above 0 and 10 s at most; the end of a run is told at once. Default: 1 s.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long the cluster may leave a run without an answer, above 0, before the training fails. A silo that is killed is replaced after some ten
    /// seconds, one whose network is cut after a minute or more, as the cluster's own settings say. Default: 2 min.
    /// </summary>
    public TimeSpan NoAnswerTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="IOException">The storage is full or cannot be reached.</exception>
    /// <exception cref="TimeoutException">No silo has answered for <see cref="NoAnswerTimeout"/>.</exception>
    /// <exception cref="InvalidOperationException">A run failed on its silo.</exception>
    public override async Task ExecuteAsync(RunBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (PollInterval <= TimeSpan.Zero || PollInterval > TimeSpan.FromSeconds(10))
            throw new ArgumentException($"{nameof(PollInterval)} is {PollInterval}; it must be above 0 and 10 s at most.");
        if (NoAnswerTimeout <= TimeSpan.Zero)
            throw new ArgumentException($"{nameof(NoAnswerTimeout)} is {NoAnswerTimeout}; it must be above 0.");
        await new Dispatch(_cluster, _files, batch, Name(), PollInterval, NoAnswerTimeout).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    private string Name() => (_cluster as IClusterClient)?.ServiceProvider.GetService<IOptions<ClusterOptions>>()?.Value.ClusterId is { Length: > 0 } id
        ? $"the cluster {id}"
        : "the cluster";
}
