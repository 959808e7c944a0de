using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Execution;
using Microsoft.ML.DeepClustering.Metrics.Embedding;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering.Selection;

/// <summary>Makes the single trainings of a scan and measures their clusters.</summary>
/// <param name="data">All rows on the CPU, and their classes if the trainings are compared with them.</param>
/// <param name="shape">The shape of a sample.</param>
/// <param name="environment">Its seed is the first of the scan.</param>
/// <param name="options">What all trainings have in common; all but the number of clusters and the seed.</param>
internal sealed class ScanTraining(TrainingData data, InputShape shape, TrainingEnvironment environment, DeepClusteringOptions options)
{
    // That of EvaluateDeepClustering, so that both give the same silhouette.
    private static readonly int SilhouetteSeed = new DeepClusteringEvaluationOptions().Seed;

    public TrainingEnvironment Environment => environment;

    /// <summary>The runs of all trainings, where an executor has made them; null where each training makes its own. Default: null.</summary>
    public ExecutedRuns? Made { get; init; }

    /// <summary>The options of the trainings with a number of clusters.</summary>
    /// <param name="shared">What all trainings have in common.</param>
    /// <param name="numberOfClusters">k.</param>
    public static DeepClusteringOptions OptionsOf(DeepClusteringOptions shared, int numberOfClusters)
    {
        var own = shared.Copy();
        own.NumberOfClusters = numberOfClusters;
        return own;
    }

    /// <summary>What a training is called before a line of the log.</summary>
    public static string NameOf(int numberOfClusters, int seed) => $"k = {numberOfClusters}, seed {seed}: ";

    /// <summary>A training, and the cluster of each row from 0; no clusters when it failed.</summary>
    /// <param name="numberOfClusters">k.</param>
    /// <param name="seed">Of its first run.</param>
    /// <param name="first">The place of its first run among those of the scan, from 0.</param>
    public (ScannedTraining Training, int[] Clusters) Run(int numberOfClusters, int seed, int first)
    {
        var own = OptionsOf(options, numberOfClusters);
        var prefix = NameOf(numberOfClusters, seed);
        var named = environment with { Seed = seed, Log = text => environment.Log(prefix + text), Warn = text => environment.Warn(prefix + text) };
        TrainedMethod trained;
        try
        {
            var checkpoints = Made is null ? null : RunsElsewhere.CreateFactory(Made, first, own.NumberOfRuns);
            trained = new Restarts(own, shape, named, data.Classes, checkpoints).Train(data.Features);
        }
        catch (InvalidOperationException failure) when (NoModel.Is(failure))
        {
            named.Warn(failure.Message);
            return (new(seed, double.NaN, double.NaN, double.NaN, double.NaN, [], failure.Message), []);
        }

        using (trained.Method)
            return Measure(trained, numberOfClusters, seed);
    }

    private (ScannedTraining Training, int[] Clusters) Measure(TrainedMethod trained, int numberOfClusters, int seed)
    {
        using var session = TorchSession.WithoutGradients();
        using var threads = new ThreadCount(options.ThreadsOfARun);
        using var prepared = PreparedRows.Create(data.Features, options.PreparationFor(shape).Apply, environment.Device);
        var (embeddings, labels) = AllRows.Assign(trained.Method, prepared, options.ScoringBatchSize, options.CancellationToken);
        var clusters = Array.ConvertAll(labels.cpu().data<long>().ToArray(), l => (int)l);
        var sizes = new long[numberOfClusters];
        foreach (var cluster in clusters)
            sizes[cluster]++;
        var (silhouette, daviesBouldin, calinskiHarabasz) = EmbeddingMeasures.Compute(embeddings, labels, sizes.Length, SilhouetteSeed);
        return (new(seed, trained.History.BestRun.LowestLoss, silhouette, daviesBouldin, calinskiHarabasz, sizes, Failure: null), clusters);
    }
}
