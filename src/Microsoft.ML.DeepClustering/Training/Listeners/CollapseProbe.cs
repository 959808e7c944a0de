using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Training.Listeners;

/// <summary>
/// Records after each epoch whether all rows are in one cluster, and warns of it once a phase. Where the scores of rows are no longer finite the run ends:
/// weights can be finite numbers that give none.
/// </summary>
internal sealed class CollapseProbe(ClusteringMethod method, TrainingContext context, DeepClusteringOptions options) : ITrainingListener
{
    // Rows spread over the data; only when they are in one cluster, all rows are assigned.
    private const long SampleRows = 256;

    private TrainingPhase? _warned;

    /// <exception cref="TrainingDivergedException">A score is not finite.</exception>
    public EpochRecord Complete(TrainingPhase phase, EpochRecord record)
    {
        if (!phase.HasClusters || !IsSampleOneCluster(record) || !IsOneCluster(context.Data))
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

    private bool IsSampleOneCluster(EpochRecord record)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var step = Math.Max(1, context.Rows / SampleRows);
        using var sample = new SampledRows(context.Data, Arithmetic.Numbers(context.Rows, context.Data.Device, step));
        var distances = AllRows.Map(method, sample, options.ScoringBatchSize, rows => [method.Assign(rows).Distances], context.Cancellation)[0];
        if (!distances.isfinite().all().item<bool>())
            throw new TrainingDivergedException($"the scores of rows became infinite or NaN after epoch {record.Epoch} of {record.Phase}");
        return AreEqual(distances.argmin(1L));
    }

    private bool IsOneCluster(TrainingRows rows)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        return AreEqual(AllRows.Clusters(method, rows, options.ScoringBatchSize, context.Cancellation));
    }

    private static bool AreEqual(Tensor clusters) => clusters.eq(clusters[0]).all().item<bool>();
}
