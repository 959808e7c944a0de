using System.Globalization;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Metrics.Partition;
using Microsoft.ML.DeepClustering.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>Trains a method from several random starts, one run each, and keeps one of the runs.</summary>
/// <param name="options">The method and its settings.</param>
/// <param name="shape">The shape of a sample.</param>
/// <param name="environment">Where to train, and where messages go.</param>
/// <param name="classes">The known class of each row for <see cref="DeepClusteringOptions.RecordPerformance"/>, or null.</param>
/// <param name="checkpoints">Opens the checkpoint of the training; null for none.</param>
internal sealed class Restarts(
    DeepClusteringOptions options, InputShape shape, TrainingEnvironment environment, IReadOnlyList<int>? classes = null, CheckpointerFactory? checkpoints = null)
{
    /// <summary>Features on the CPU -> the method that is kept.</summary>
    /// <exception cref="InvalidOperationException">No run gave a model; <see cref="NoModel.Is"/> tells it from others.</exception>
    public TrainedMethod Train(TrainingRows features)
    {
        using var session = TorchSession.ForTraining(options.ThreadsOfARun);
        return new Restarts(options, shape, environment.Outside(session), classes, checkpoints).TrainInSession(features);
    }

    /// <summary>Features on the CPU -> all runs in the checkpoint; none is chosen, and the caller of another process says what there is to say of the data.</summary>
    public void MakeRuns(TrainingRows features)
    {
        using var session = TorchSession.ForTraining(options.ThreadsOfARun);
        using var runs = new RunSelection(options.RunCriterion);
        using var data = PreparedRows.Create(features, options.PreparationFor(shape).Apply, environment.Device);
        new Restarts(options, shape, environment.Outside(session), classes, checkpoints).MakeRuns(runs, features, data);
    }

    private TrainedMethod TrainInSession(TrainingRows features)
    {
        using var runs = new RunSelection(options.RunCriterion);
        using var data = Prepare(features);
        MakeRuns(runs, features, data);
        if (runs.TakeBest(methods => Agreements(methods, data)) is not { } best)
            throw NoModel.CreateError(AllFailed(runs.Records));
        if (options.NumberOfRuns > 1)
            environment.Log(Chosen(runs.Records, best.Index));
        var (method, left) = best.Method.Compact(options, shape);
        ClusterReport.Warn(method, data, left, environment);
        // It outlives the session.
        ModuleState.Detach(method);
        return new TrainedMethod(method, new(runs.Records, best.Index), left);
    }

    private void MakeRuns(RunSelection runs, TrainingRows features, TrainingRows data)
    {
        var checkpointer = checkpoints?.Invoke(runs, features, environment) ?? new NoCheckpoints();
        var seeded = environment with { Seed = checkpointer.Begin(environment.Seed) };
        while (runs.Records.Count < options.NumberOfRuns)
        {
            using var run = new Run(options, shape, seeded, data, classes, runs.Records.Count, checkpointer);
            runs.Add(run.Train(), run.TakeMethod());
            checkpointer.Finish(run);
        }
    }

    private double[] Agreements(IReadOnlyList<ClusteringMethod> methods, TrainingRows data)
    {
        using var scope = NewDisposeScope();
        var partitions = methods.Select(m => AllRows.Clusters(m, data, options.ScoringBatchSize, options.CancellationToken).cpu().data<long>().Select(c => (int)c).ToArray());
        return PartitionAgreement.MeansWithOthers([.. partitions], options.NumberOfClusters);
    }

    private static string Chosen(IReadOnlyList<RunRecord> records, int index) => records[index].Agreement is { } agreement
        ? FormattableString.Invariant($"Run {index + 1} of {records.Count} is kept: its clusters agree most with those of the others, by an adjusted Rand index of {agreement:0.00} in the mean.")
        : FormattableString.Invariant($"Run {index + 1} of {records.Count} is kept, of loss {records[index].LowestLoss:0.0000}.");

    private TrainingRows Prepare(TrainingRows features)
    {
        var preparation = options.PreparationFor(shape);
        foreach (var note in preparation.Notes)
            environment.Log(note);
        if (options.Precision == NumericPrecision.BFloat16 && environment.Device.type == DeviceType.CPU && ProcessorFeatures.SlowBFloat16 is { } reason)
            environment.Log($"Precision is {options.Precision}, but {reason}; {nameof(NumericPrecision.Float32)} is the faster one here.");
        return PreparedRows.Create(features, preparation.Apply, environment.Device);
    }

    private string AllFailed(IReadOnlyList<RunRecord> records)
        => $"Training gave no model: {records[^1].Failure}. {RateOf(records[^1])}"
        + (options.ExampleWeightColumnName is { } column ? $"even out the rows' weights in column '{column}', " : "")
        + "scale the features to about [-1, 1] (NormalizeMinMax), or raise NumberOfRuns to try other initial weights.";

    // The rate of the phase that failed.
    private string RateOf(RunRecord record)
    {
        var (option, value) = options.LearningRateOf(record.FailedPhase ?? "");
        return $"{option} is {value.ToString(CultureInfo.InvariantCulture)}; lower it, ";
    }
}
