using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Metrics.Embedding;
using Microsoft.ML.DeepClustering.Metrics.Partition;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Training.Listeners;

/// <summary>Measures the clusters of all rows after each epoch of a phase that has clusters.</summary>
internal sealed class PerformanceProbe(ClusteringMethod method, TrainingContext context, DeepClusteringOptions options, IReadOnlyList<int>? classes)
    : ITrainingListener
{
    // The same rows at every epoch, whatever the seed of the run.
    private const int Seed = 1;
    private const int SilhouetteRows = 2000;

    public EpochRecord Complete(TrainingPhase phase, EpochRecord record)
    {
        if (!phase.HasClusters)
            return record;
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var (embeddings, clusters) = AllRows.Assign(method, context.Data, options.ScoringBatchSize, context.Cancellation);
        var measures = new Dictionary<PerformanceMeasure, double>();
        if (classes is not null)
            AddAgreement(measures, classes, clusters.cpu().data<long>().ToArray());
        (measures[PerformanceMeasure.Silhouette], measures[PerformanceMeasure.DaviesBouldin], measures[PerformanceMeasure.CalinskiHarabasz])
            = EmbeddingMeasures.Compute(embeddings, clusters, options.NumberOfClusters, Seed, SilhouetteRows);
        return record with { Performance = measures };
    }

    private void AddAgreement(Dictionary<PerformanceMeasure, double> measures, IReadOnlyList<int> classes, long[] clusters)
    {
        var counter = new ContingencyCounter();
        for (var i = 0; i < clusters.Length; i++)
        {
            if (classes[i] != LabelReader.Missing)
                counter.Add(classes[i], (int)clusters[i]);
        }

        // The measures need no names of classes.
        var table = counter.ToTable(classes.Distinct().Select(c => (c, "")), options.NumberOfClusters);
        measures[PerformanceMeasure.Accuracy] = ClusteringAccuracy.Compute(table);
        measures[PerformanceMeasure.NormalizedMutualInformation] = NormalizedMutualInformation.Compute(table, MutualInformationAveraging.Arithmetic);
        measures[PerformanceMeasure.AdjustedRandIndex] = AdjustedRandIndex.Compute(table);
    }
}
