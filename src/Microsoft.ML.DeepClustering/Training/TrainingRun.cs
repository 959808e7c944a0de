#nullable disable
using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>Trains a method from several random starts and keeps the one of lowest total loss.</summary>
/// <param name="options">The method and its settings.</param>
/// <param name="shape">The shape of a sample.</param>
/// <param name="environment">Where to train.</param>
/// <param name="classes">The known class of each row for <see cref="DeepClusteringOptions.RecordPerformance"/>, or null.</param>
internal sealed class TrainingRun(DeepClusteringOptions options, InputShape shape, TrainingEnvironment environment, IReadOnlyList<int> classes = null)
{
    /// <summary>(n, input shape) features on the CPU -> the model that is kept. Throws when every run fails.</summary>
    public TrainedModel Train(Tensor features)
    {
        using var threads = new ThreadCount(options.NumberOfThreads, environment.Warn);
        using var data = Prepare(features);
        return TrainOn(data);
    }

    private Tensor Prepare(Tensor features)
    {
        using var method = options.CreateMethod(shape, environment.Log);
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        return method.Prepare(features.to(environment.Device)).MoveToOuterDisposeScope();
    }

    private TrainedModel TrainOn(Tensor data)
    {
        var records = new List<RunRecord>();
        ClusteringMethod best = null;
        var bestIndex = -1;
        try
        {
            for (var run = 0; run < options.NumberOfRuns; run++)
            {
                var (method, record) = RunOnce(data, run, unchecked(environment.Seed + run));
                records.Add(record);
                if (record.BestEpoch > 0 && (bestIndex < 0 || record.LowestLoss < records[bestIndex].LowestLoss))
                {
                    (best, method) = (method, best);
                    bestIndex = run;
                }

                method?.Dispose();
            }

            if (best is null)
                throw new InvalidOperationException(AllFailed(records));
            var model = new TrainedModel(options, shape, best, new(records, bestIndex), environment.Device);
            ReportClusters(model.Method, data);
            best = null;
            return model;
        }
        finally
        {
            best?.Dispose();
        }
    }

    private (ClusteringMethod, RunRecord) RunOnce(Tensor data, int run, int seed)
    {
        var method = options.CreateMethod(shape, _ => { });
        try
        {
            using var generator = new Generator((ulong)(uint)seed);
            method.Initialize(generator);
            if (environment.Device.type != DeviceType.CPU)
                method.to(environment.Device);
            var context = new TrainingContext(data, generator, environment.Log, environment.Warn, options.CancellationToken);
            var history = new HistoryListener();
            using var best = new BestEpoch(method);
            using var mismatch = options.RecordMismatch ? new MismatchProbe(method) : null;
            List<ITrainingListener> listeners = [history, best, new DivergenceGuard()];
            if (mismatch is not null)
                listeners.Add(mismatch);
            if (options.RecordPerformance)
                listeners.Add(new PerformanceProbe(method, context, options, classes));
            var failure = RunPhases(method, context, run, best, listeners);
            if (mismatch is { HasMeasured: false })
                environment.Warn($"RecordMismatch is true, but no phase of {options.MethodName} has both a clustering and an auxiliary objective with these options; no mismatch is recorded.");
            return (method, new RunRecord(seed, best.LowestLoss, best.Epoch, history.Epochs, failure));
        }
        catch
        {
            method.Dispose();
            throw;
        }
    }

    private string RunPhases(ClusteringMethod method, TrainingContext context, int run, BestEpoch best, List<ITrainingListener> listeners)
    {
        listeners.Insert(0, new LogListener(run + 1, options.NumberOfRuns, environment.Log));
        if (options.Progress is { } progress)
            listeners.Add(new ProgressListener(run + 1, options.NumberOfRuns, progress));
        try
        {
            foreach (var phase in method.Phases(context))
            {
                new TrainingLoop(method, context, listeners).Run(phase);
                best.Restore();
            }

            return null;
        }
        catch (TrainingDivergedException diverged)
        {
            best.Restore();
            environment.Warn($"Run {run + 1} of {options.NumberOfRuns} ended early: {diverged.Message}.");
            return diverged.Message;
        }
    }

    private string AllFailed(List<RunRecord> records)
        => $"Training gave no model: {records[^1].Failure}. LearningRate is {options.LearningRate.ToString(CultureInfo.InvariantCulture)}; lower it, "
        + "scale the features to about [-1, 1] (NormalizeMinMax), or raise NumberOfRuns to try other initial weights.";

    private void ReportClusters(ClusteringMethod method, Tensor data)
    {
        var sizes = ClusterSizes(method, data);
        var empty = sizes.Count(s => s == 0);
        if (empty > 0)
        {
            environment.Warn(
                $"{empty} of {sizes.Length} clusters have no training row (sizes: {string.Join(", ", sizes)}). Raise NumberOfRuns, train longer, or lower NumberOfClusters.");
        }
    }

    private long[] ClusterSizes(ClusteringMethod method, Tensor data)
    {
        using var scope = NewDisposeScope();
        var (_, clusters) = AllRows.Assign(method, data, options.ScoringBatchSize, options.CancellationToken);
        return bincount(clusters, minlength: options.NumberOfClusters).cpu().data<long>().ToArray();
    }
}
