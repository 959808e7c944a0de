using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Orleans.Tests.Support;

/// <summary>Small trainings, and what comes of them.</summary>
internal static class Trainings
{
    private const int Runs = 4;

    /// <summary>Four runs on 60 rows; an epoch takes some milliseconds.</summary>
    public static IdecOptions Options(int epochs, int seed = 1) => new()
    {
        NumberOfClusters = 3, HiddenLayers = [16, 4], BatchSize = 20, PretrainingEpochs = 5, NumberOfEpochs = epochs, NumberOfRuns = Runs, Seed = seed, NumberOfThreads = 1, LabelChangeTolerance = 0,
    };

    /// <summary>Trains as the options say: in this process, unless they have an executor.</summary>
    public static Trained Fit(DeepClusteringOptions options, Action<string>? hear = null, int dataSeed = 1)
    {
        var ml = new MLContext(seed: 1);
        ml.Log += (_, e) => hear?.Invoke(e.Message);
        options.Progress = hear == null ? null : new Heard(progress => hear($"progress {progress.Run}/{progress.Epoch}"));
        var data = ml.Data.LoadFromEnumerable(Rows(dataSeed));
        using var model = Trainer(ml, options).Fit(data);
        return new([.. model.History.Runs.Select(run => run.LowestLoss)], Hash(ml, model, data));
    }

    /// <summary>Trains on the silos.</summary>
    /// <param name="options">The options.</param>
    /// <param name="grains">The silos.</param>
    /// <param name="storage">The folder.</param>
    /// <param name="hear">Takes the progress, "run/epoch", and the lines of the log.</param>
    /// <param name="patience">How long silos may be silent.</param>
    /// <param name="dataSeed">Of the rows.</param>
    public static Trained Fit(DeepClusteringOptions options, IGrainFactory grains, string storage, Action<string>? hear = null, TimeSpan? patience = null, int dataSeed = 1)
    {
        options.RunExecutor = new OrleansRunExecutor(grains, new FolderRunStorage(storage))
        {
            PollInterval = TimeSpan.FromMilliseconds(100), CheckpointPeriod = TimeSpan.Zero, NoAnswerTimeout = patience ?? TimeSpan.FromMinutes(1),
        };
        return Fit(options, hear, dataSeed);
    }

    /// <summary>Scans from 2 to 4 clusters, with two seeds.</summary>
    public static string Scan(DeepClusteringOptions options)
    {
        var ml = new MLContext(seed: 1);
        return string.Join('\n', ml.Clustering.ScanNumberOfClusters(ml.Data.LoadFromEnumerable(Rows(1)), options, 2, 4, 2).Results.SelectMany(result => result.Trainings));
    }

    private static IEstimator<DeepClusteringTransformer> Trainer(MLContext ml, DeepClusteringOptions options) => options switch
    {
        IdecOptions idec => ml.Clustering.Trainers.Idec(idec),
        DdcUcoOptions ddc => ml.Clustering.Trainers.DdcUco(ddc),
        _ => throw new ArgumentException(options.GetType().Name),
    };

    private static string Hash(MLContext ml, ITransformer model, IDataView data)
    {
        using var stream = new MemoryStream();
        ml.Model.Save(model, data.Schema, stream);
        using var zip = new ZipArchive(stream);
        using var weights = zip.Entries.Single(entry => entry.Name == "Weights.safetensors").Open();
        return Convert.ToHexString(SHA256.HashData(weights));
    }

    private static IEnumerable<Row> Rows(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 60).Select(i => new Row { Features = [.. Enumerable.Range(0, 8).Select(j => (float)(random.NextDouble() + (j % 3 == i % 3 ? 2 : 0)))] })];
    }

    private sealed class Heard(Action<TrainingProgress> hear) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => hear(value);
    }

    private sealed class Row
    {
        [VectorType(8)]
        public float[] Features { get; set; } = [];
    }
}
