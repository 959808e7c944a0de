using Microsoft.ML.DeepClustering.Tool.Input;
using Microsoft.ML.DeepClustering.Tool.Progress;

namespace Microsoft.ML.DeepClustering.Tool.Modelling;

/// <summary>Looks for the number of clusters, by trainings on some of the rows.</summary>
internal sealed class ClusterScan(MLContext ml, ToolConsole console)
{
    /// <summary>More rows make the scan slower and hardly surer.</summary>
    public const int MostRows = 5000;

    /// <summary>The smallest number of clusters where the user names none.</summary>
    public const int UsualFrom = 2;

    /// <summary>The largest number of clusters where the user names none.</summary>
    public const int UsualTo = 10;

    /// <summary>Trainings for each number where the user names none.</summary>
    public const int UsualSeeds = 3;

    /// <summary>Epochs of the autoencoder where the user names none.</summary>
    public const int UsualEpochs = 20;

    public NumberOfClustersScan Run(LoadedInput input, DeepClusteringOptions options, int from, int to, int seeds)
    {
        var sample = Sample(input, options.Seed ?? 0);
        var preparation = Preparation.Create(ml, sample.Description)?.Fit(sample.Features);
        var data = ClusterModel.Prepare(ml, sample, preparation);
        var rows = sample.Rows < input.Rows ? $", on {sample.Rows:N0} of the {input.Rows:N0} rows" : "";
        return console.Work($"Trying {from} to {to} clusters with {seeds} {(seeds == 1 ? "seed" : "seeds")} each{rows}", share =>
        {
            options.Progress = new ScanProgress(share, (to - from + 1) * seeds);
            return ml.Clustering.ScanNumberOfClusters(data, options, from, to, seeds);
        });
    }

    /// <summary>The options of a short scan.</summary>
    public static DeepClusteringOptions UsualOptions() => new AutoencoderKMeansOptions { PretrainingEpochs = UsualEpochs };

    private static LoadedInput Sample(LoadedInput input, int seed)
    {
        if (input.Rows <= MostRows)
            return input;
        var rows = Enumerable.Range(0, input.Rows).ToArray();
        new Random(seed).Shuffle(rows);
        rows = rows[..MostRows];
        Array.Sort(rows);
        return new(input.Description, input.Features.Select(rows), rows.Length);
    }
}
