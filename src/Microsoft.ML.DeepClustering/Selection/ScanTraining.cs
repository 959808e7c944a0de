#nullable disable
using Microsoft.ML.DeepClustering.Metrics;
using Microsoft.ML.DeepClustering.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering;

/// <summary>Makes the single trainings of a scan and measures their clusters.</summary>
/// <param name="data">All rows on the CPU, (n, input shape).</param>
/// <param name="shape">The shape of a sample.</param>
/// <param name="environment">Its seed is the first of the scan.</param>
/// <param name="options">What all trainings have in common; all but the number of clusters and the seed.</param>
internal sealed class ScanTraining(Tensor data, InputShape shape, TrainingEnvironment environment, DeepClusteringOptions options)
{
    // That of EvaluateDeepClustering, so that both give the same silhouette.
    private static readonly int SilhouetteSeed = new DeepClusteringEvaluationOptions().Seed;

    public TrainingEnvironment Environment => environment;

    /// <summary>A training, and the cluster of each row from 0; no clusters when it failed.</summary>
    public (ScannedTraining Training, int[] Clusters) Run(int numberOfClusters, int seed)
    {
        var own = options.Copy();
        own.NumberOfClusters = numberOfClusters;
        var prefix = $"k = {numberOfClusters}, seed {seed}: ";
        var named = environment with { Seed = seed, Log = text => environment.Log(prefix + text), Warn = text => environment.Warn(prefix + text) };
        TrainedModel model;
        try
        {
            model = new TrainingRun(own, shape, named).Train(data);
        }
        catch (InvalidOperationException failure)
        {
            named.Warn(failure.Message);
            return (new(seed, double.NaN, double.NaN, double.NaN, double.NaN, [], failure.Message), []);
        }

        using (model)
            return Measure(model, seed);
    }

    private (ScannedTraining Training, int[] Clusters) Measure(TrainedModel model, int seed)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var (embeddings, labels) = Assign(model);
        var clusters = Array.ConvertAll(labels.data<long>().ToArray(), l => (int)l);
        var sizes = new long[model.NumberOfClusters];
        foreach (var cluster in clusters)
            sizes[cluster]++;
        var found = new ScannedTraining(
            seed,
            model.History.BestRun.LowestLoss,
            EmbeddingMeasures.SilhouetteSample(embeddings, labels, sizes.Length, SilhouetteSeed),
            EmbeddingMeasures.DaviesBouldin(embeddings, labels, sizes.Length),
            EmbeddingMeasures.CalinskiHarabasz(embeddings, labels, sizes.Length),
            sizes,
            Failure: null);
        return (found, clusters);
    }

    // -> embeddings (n, p), labels (n), on the CPU, in the batches of scoring
    private (Tensor Embeddings, Tensor Labels) Assign(TrainedModel model)
    {
        var embeddings = new List<Tensor>();
        var labels = new List<Tensor>();
        for (var start = 0L; start < data.shape[0]; start += options.ScoringBatchSize)
        {
            using var scope = NewDisposeScope();
            options.CancellationToken.ThrowIfCancellationRequested();
            var batch = data.narrow(0, start, Math.Min(options.ScoringBatchSize, data.shape[0] - start)).to(model.Device);
            var assignment = model.Method.Assign(model.Method.Prepare(batch));
            embeddings.Add(assignment.Embedding.cpu().MoveToOuterDisposeScope());
            labels.Add(assignment.Distances.argmin(1L).cpu().MoveToOuterDisposeScope());
        }

        return (cat(embeddings), cat(labels));
    }
}
