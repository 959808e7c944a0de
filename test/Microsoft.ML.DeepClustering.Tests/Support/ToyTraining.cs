using Microsoft.ML.DeepClustering.Checkpoints;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Scoring;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Support;

/// <summary>Trains the method of twelve weights on sixty rows of four values.</summary>
internal static class ToyTraining
{
    public static float[][] Features() => TestRows.Make(60, 4).Select(r => r.Features).ToArray();

    public static ToyOptions Options() => new() { NumberOfClusters = 3, NumberOfEpochs = 5, Seed = 1 };

    public static TrainedModel Train(ToyOptions options, ICollection<string> warnings, float[][]? features = null, int[]? classes = null)
    {
        var rows = features ?? Features();
        using var data = new MemoryRows(tensor(rows.SelectMany(f => f).ToArray(), new long[] { rows.Length, rows[0].Length }));
        var environment = new TrainingEnvironment(options.Seed ?? 1, CPU, _ => { }, warnings.Add);
        var shape = new InputShape([rows[0].Length]);
        var restarts = new Restarts(options, shape, environment, classes, Checkpointer.CreateFactory(options, shape, classes));
        // As the trainer does: what a handler throws comes out as it is.
        var (method, history, _) = NativeFaults.Translate(() => restarts.Train(data), "The training", () => "train less");
        return new TrainedModel(options, shape, method, history, CPU);
    }
}
