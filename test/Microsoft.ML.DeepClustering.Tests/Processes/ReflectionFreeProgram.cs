using System.Text.Json;
using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Tests.Processes;

/// <summary>Trains with checkpoints, saves, loads, scores and resumes while JSON by reflection is switched off, as it is in trimmed programs.</summary>
internal static class ReflectionFreeProgram
{
    /// <summary>A folder for the files.</summary>
    public static int Run(string[] arguments)
    {
        AppContext.SetSwitch("System.Text.Json.JsonSerializer.IsReflectionEnabledByDefault", false);
        var (model, checkpoint) = (Path.Combine(arguments[0], "model.zip"), Path.Combine(arguments[0], "checkpoint.zip"));
        var ml = new MLContext(seed: 1);
        var data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 90).Select(i => new Row { Features = [i % 3, i % 7 * 0.01f] }).ToArray());
        using var trained = Trainer(ml, checkpoint, epochs: 2).Fit(data);
        ml.Model.Save(trained, data.Schema, model);
        using var loaded = (DeepClusteringTransformer)ml.Model.Load(model, out _);
        using var resumed = Trainer(ml, checkpoint, epochs: 2).Fit(data);
        Console.WriteLine(JsonSerializer.IsReflectionEnabledByDefault ? "with reflection" : "without reflection");
        Console.WriteLine($"{loaded.Method}, {loaded.History.BestRun.Epochs.Count} epochs");
        Console.WriteLine(Scores(ml, trained, data) == Scores(ml, loaded, data) && Scores(ml, trained, data) == Scores(ml, resumed, data) ? "the same scores" : "other scores");
        try
        {
            Trainer(ml, checkpoint, epochs: 3).Fit(data);
        }
        catch (InvalidOperationException other)
        {
            Console.WriteLine(other.Message.Contains("NumberOfEpochs is 3, and was 2", StringComparison.Ordinal) ? "the difference is named" : other.Message);
        }

        return 0;
    }

    private static DeepClusteringTrainer Trainer(MLContext ml, string checkpoint, int epochs) => ml.Clustering.Trainers.Idec(new IdecOptions
    {
        NumberOfClusters = 3, PretrainingEpochs = 1, NumberOfEpochs = epochs, BatchSize = 30, Seed = 2, CheckpointPath = checkpoint,
        RecordMismatch = true, RecordPerformance = true,
    });

    private static string Scores(MLContext ml, ITransformer model, IDataView data)
        => string.Join(' ', ml.Data.CreateEnumerable<ScoredRow>(model.Transform(data), reuseRowObject: true).SelectMany(r => r.Score));

    private sealed class Row
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];
    }

    private sealed class ScoredRow
    {
        public float[] Score { get; set; } = [];
    }
}
