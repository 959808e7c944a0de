using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Training.Listeners;

/// <summary>Records after each epoch whether all rows are in one cluster, and warns of it once a phase.</summary>
internal sealed class CollapseProbe(ClusteringMethod method, TrainingContext context, DeepClusteringOptions options) : ITrainingListener
{
    // Rows spread over the data; only when they are in one cluster, all rows are assigned.
    private const long SampleRows = 256;

    private TrainingPhase? _warned;

    public EpochRecord Complete(TrainingPhase phase, EpochRecord record)
    {
        if (!phase.HasClusters || !IsSampleOneCluster() || !IsOneCluster(context.Data))
            return record;
        if (_warned != phase)
        {
            var advice = DistinctRows.TooFew(context.Data, options.NumberOfClusters, context.Cancellation)
                ?? $"If it stays so, lower {options.LearningRateOf(phase.Name).Option}, scale the features to about [-1, 1] (NormalizeMinMax), or raise NumberOfRuns.";
            context.Warn($"After epoch {record.Epoch} of {phase.Name} all {context.Rows} rows are in one of the {options.NumberOfClusters} clusters. {advice}");
        }

        _warned = phase;
        return record with { HasCollapsed = true };
    }

    private bool IsSampleOneCluster()
    {
        using var scope = NewDisposeScope();
        var step = Math.Max(1, context.Rows / SampleRows);
        using var sample = new MemoryRows(context.Data.Gather(Arithmetic.Numbers(context.Rows, context.Data.Device, step)));
        return IsOneCluster(sample);
    }

    private bool IsOneCluster(TrainingRows rows)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var clusters = AllRows.Clusters(method, rows, options.ScoringBatchSize, context.Cancellation);
        return clusters.eq(clusters[0]).all().item<bool>();
    }
}
