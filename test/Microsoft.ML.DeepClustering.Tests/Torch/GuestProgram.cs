using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Torch;

/// <summary>Whatever a program does with the library, written down: the same text when it came to the same results bit for bit.</summary>
internal static class GuestProgram
{
    private const int Rows = 24;

    /// <summary>Trains, scores, saves, loads, evaluates, and frees everything.</summary>
    public static string Run(string method, bool images)
    {
        var ml = new MLContext(seed: 1);
        var options = TestMethods.Options(method);
        (options.RecordMismatch, options.RecordPerformance, options.LabelColumnName, options.NumberOfRuns) = (true, true, "Label", 2);
        var rows = TestRows.Make(Rows, images ? TestRows.Side * TestRows.Side : 6);
        var view = TestRows.View(ml, rows, images);
        var text = new List<string>();
        using (var model = TestMethods.Trainer(ml, options).Fit(view))
        {
            Use(ml, model, rows, images, text);
            using var stream = new MemoryStream();
            ml.Model.Save(model, view.Schema, stream);
            using var loaded = (DeepClusteringTransformer)ml.Model.Load(stream, out _);
            Use(ml, loaded, rows, images, text);
        }

        var mismatch = RelativeMismatch.Fit([4, 3, 2, 1], [0.1, 0.5, 0.6, 0.9]);
        text.Add($"R-OFM {mismatch.Slope:R} {mismatch.RSquared:R}");
        return string.Join('\n', text);
    }

    /// <summary>A name of these numbers that is another for other bits.</summary>
    public static string Name(IEnumerable<float> values) => Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(values.ToArray().AsSpan())));

    private static void Use(MLContext ml, DeepClusteringTransformer model, TestRow[] rows, bool images, List<string> text)
    {
        text.Add($"loss {string.Join(' ', model.History.Runs.Select(r => $"{r.LowestLoss:R}"))}");
        foreach (var epoch in model.History.BestRun.Epochs)
            text.Add($"{epoch.Phase} {epoch.Epoch} {epoch.TotalLoss:R} {epoch.Mismatch?.FeatureDrift:R} {string.Join(' ', epoch.Performance?.Values.Select(v => $"{v:R}") ?? [])}");
        var transformed = model.Transform(TestRows.View(ml, rows, images));
        foreach (var row in TestRows.Scored(ml, transformed))
            text.Add($"{row.Name} {row.PredictedLabel} {Name(row.Score.Concat(row.Probability).Concat(row.Embedding))}");
        int[] dimensions = images ? [1, TestRows.Side, TestRows.Side] : [rows[0].Features.Length];
        using var engine = ml.Model.CreatePredictionEngine<TestRow, ScoredTestRow>(
            model, new PredictionEngineOptions { OwnsTransformer = false, InputSchemaDefinition = TestRows.Schema(dimensions) });
        text.Add($"engine {Name(engine.Predict(rows[5]).Embedding)}");
        text.Add($"centroids {Name(model.DecodeCentroids().SelectMany(c => c))}");
        var metrics = ml.Clustering.EvaluateDeepClustering(transformed, new DeepClusteringEvaluationOptions { LabelColumnName = "Label", EmbeddingColumnName = "Embedding" });
        text.Add($"metrics {metrics.Accuracy:R} {metrics.Silhouette:R} {metrics.DaviesBouldinIndex:R} {metrics.CalinskiHarabaszIndex:R}");
    }
}
