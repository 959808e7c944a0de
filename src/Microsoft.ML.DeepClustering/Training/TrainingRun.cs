#nullable disable
using System.Globalization;
using Microsoft.ML.DeepClustering.Checkpoints;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Torch;
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
    /// <summary>Features on the CPU -> the method that is kept. Throws when every run fails.</summary>
    public TrainedMethod Train(TrainingRows features)
    {
        using var session = TorchSession.ForTraining(options.NumberOfThreads);
        return new TrainingRun(options, shape, environment.Outside(session), classes).TrainInSession(features);
    }

    private TrainedMethod TrainInSession(TrainingRows features)
    {
        var store = options.CheckpointPath is null ? null : new CheckpointStore(options, TrainingIdentity.Of(options, shape, features, classes), environment);
        var checkpoint = store?.Read();
        // A seed that was drawn is drawn anew in each process.
        var seeded = environment with { Seed = checkpoint?.Header.Seed ?? environment.Seed };
        using var data = Prepare(features);
        using var runs = new RunSelection();
        if (checkpoint is null)
            store?.Begin(runs, seeded.Seed);
        else
            Resume(runs, checkpoint);
        for (var index = runs.Records.Count; index < options.NumberOfRuns; index++)
        {
            RunOnce(index, data, runs, seeded, store, checkpoint is { Header.Current: not null } ? checkpoint : null);
            checkpoint = null;
        }

        if (runs.Best is null)
            throw NoModel.Error(AllFailed(runs.Records));
        ClusterReport.Warn(runs.Best, data, options, environment);
        var best = runs.TakeBest();
        // It outlives the session.
        ModuleState.Detach(best);
        return new TrainedMethod(best, new(runs.Records, runs.BestIndex));
    }

    private TrainingRows Prepare(TrainingRows features)
    {
        var preparation = options.PreparationFor(shape);
        foreach (var note in preparation.Notes)
            environment.Log(note);
        return PreparedRows.Of(features, preparation.Apply, environment.Device);
    }

    private void RunOnce(int index, TrainingRows data, RunSelection runs, TrainingEnvironment seeded, CheckpointStore store, Checkpoint checkpoint)
    {
        using var run = new SingleRun(options, shape, seeded, data, classes, index)
        {
            AfterEpoch = store is null ? null : (progress, state) => store.Update(runs, seeded.Seed, progress, state),
        };
        var record = run.Train(checkpoint);
        runs.Add(record, run.TakeMethod());
        store?.Update(runs, seeded.Seed);
    }

    // The runs that had ended, and the weights of the best of them.
    private void Resume(RunSelection runs, Checkpoint checkpoint)
    {
        var header = checkpoint.Header;
        var best = header.KeptRun < 0 ? null : options.CreateMethod(shape);
        runs.Resume(header.FinishedRuns, header.KeptRun, best);
        if (best is null)
            return;
        checkpoint.CopyTo(CheckpointTensors.KeptRun, best.state_dict());
        if (environment.Device.type != DeviceType.CPU)
            best.to(environment.Device);
        if (header.FinishedRuns.Count >= options.NumberOfRuns)
            environment.Log($"The training had ended; its model is read from {checkpoint.Path}. Delete that file to train anew.");
    }

    private string AllFailed(IReadOnlyList<RunRecord> records)
        => $"Training gave no model: {records[^1].Failure}. {RateOf(records[^1])}"
        + "scale the features to about [-1, 1] (NormalizeMinMax), or raise NumberOfRuns to try other initial weights.";

    // The rate of the phase that failed.
    private string RateOf(RunRecord record)
    {
        var (option, value) = options.LearningRateOf(record.Epochs.Count > 0 ? record.Epochs[^1].Phase : "");
        return $"{option} is {value.ToString(CultureInfo.InvariantCulture)}; lower it, ";
    }
}
