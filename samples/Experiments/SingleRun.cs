using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.DeepClustering;

namespace Experiments;

/// <summary>A run as a function: a job and its data in, a model and a result out.</summary>
internal static class SingleRun
{
    private const int EpochsBetweenCheckpoints = 5;
    private const string PretrainingFolder = "pretrained";

    /// <summary>The same, from the checkpoint of an interrupted run where there is one, or from the beginning where it leads to no model: a checkpoint may be damaged, or of another version.</summary>
    /// <inheritdoc cref="Execute(Job, LabelledRows, Action{string}, RunExecutor?, string?)"/>
    public static (ITransformer? Model, RunResult Result) Resume(Job job, LabelledRows rows, Action<string> log, string checkpoint)
    {
        if (File.Exists(checkpoint))
        {
            try
            {
                var (model, result) = Execute(job, rows, log, checkpoint: checkpoint);
                if (model is not null)
                    return (model, result);
                log($"From its checkpoint the run leads to no model ({result.Failure}); it begins anew.");
            }
            catch (InvalidDataException e)
            {
                log($"The checkpoint of the run cannot be read ({e.Message}); the run begins anew.");
            }

            File.Delete(checkpoint);
        }

        return Execute(job, rows, log, checkpoint: checkpoint);
    }

    /// <summary>Trains and measures. A training that diverges gives a result without a model.</summary>
    /// <param name="job">What to train.</param>
    /// <param name="rows">The data.</param>
    /// <param name="log">Takes lines of ML.NET's log.</param>
    /// <param name="executor">Makes the run elsewhere; null: here.</param>
    /// <param name="checkpoint">A file from which a run here goes on after an interruption; autoencoders that several runs pretrain alike are kept beside it. Null: none.</param>
    public static (ITransformer? Model, RunResult Result) Execute(Job job, LabelledRows rows, Action<string> log, RunExecutor? executor = null, string? checkpoint = null)
    {
        var ml = new MLContext(job.Seed);
        ml.Log += (_, message) =>
        {
            if (message.Kind == Microsoft.ML.Runtime.ChannelMessageKind.Warning || message.Source.Contains("Training", StringComparison.Ordinal))
                log(message.RawMessage);
        };
        var view = rows.View(ml);
        var result = new RunResult { Job = job, Finished = default, Seconds = 0, Rows = rows.Labels.Length };
        var watch = Stopwatch.StartNew();
        try
        {
            var model = Trainer(ml, job, executor, checkpoint).Fit(view);
            var course = (model as DeepClusteringTransformer)?.History.BestRun;
            // After an interruption the epochs before it are none of this process.
            result = result with { Seconds = Math.Max(watch.Elapsed.TotalSeconds, course?.Epochs.Sum(e => e.Seconds) ?? 0) };
            return (model, Measured(result, ml.Clustering.EvaluateDeepClustering(model.Transform(view), "Label"), course));
        }
        // Marked: all runs diverged. An error of another program or of a library that is not found may go away, and the run is made again then.
        catch (InvalidOperationException e) when (e.Data.Contains("NoModel") || (executor is null && e.InnerException is null))
        {
            return (null, result with { Seconds = watch.Elapsed.TotalSeconds, Failure = e.Message, Finished = DateTime.UtcNow });
        }
    }

    private static IEstimator<ITransformer> Trainer(MLContext ml, Job job, RunExecutor? executor, string? checkpoint)
    {
        if (job.Method == MethodOptions.KMeans)
            return ml.Clustering.Trainers.KMeans("Features", numberOfClusters: (int)job.Options[nameof(DeepClusteringOptions.NumberOfClusters)]!);
        var options = MethodOptions.Parse(job.Method, job.Options);
        (options.Seed, options.RunExecutor) = (job.Seed, executor);
        (options.CheckpointPath, options.CheckpointInterval) = (checkpoint, EpochsBetweenCheckpoints);
        if (checkpoint is not null && options is AutoencoderFamilyOptions autoencoder)
            autoencoder.PretrainingFolder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(checkpoint)!, PretrainingFolder)).FullName;
        return ml.Clustering.Trainers.DeepClustering(options);
    }

    private static RunResult Measured(RunResult result, DeepClusteringMetrics metrics, RunRecord? course) => result with
    {
        Finished = DateTime.UtcNow,
        Measures = new Dictionary<string, double>
        {
            ["ACC"] = metrics.Accuracy,
            ["NMI"] = metrics.NormalizedMutualInformation,
            ["ARI"] = metrics.AdjustedRandIndex,
            ["Purity"] = metrics.Purity,
            ["Homogeneity"] = metrics.Homogeneity,
            ["Completeness"] = metrics.Completeness,
            ["Silhouette"] = metrics.Silhouette,
            ["Davies-Bouldin"] = metrics.DaviesBouldinIndex,
            ["Calinski-Harabasz"] = metrics.CalinskiHarabaszIndex,
        },
        ClusterSizes = metrics.ClusterSizes,
        Course = course,
    };
}
