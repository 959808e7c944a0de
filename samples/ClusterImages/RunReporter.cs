using Microsoft.ML;
using Microsoft.ML.DeepClustering;
using Microsoft.ML.DeepClustering.Reporting;
using Samples;

namespace ClusterImages;

/// <summary>Writes the report of a run: k-means beside DDC-UCO, and what DDC-UCO did with the images.</summary>
internal sealed class RunReporter(ImageSet images, string dataset, Func<int, string> className)
{
    /// <summary>Writes the page, and its pictures into a folder beside it.</summary>
    public void Write(MLContext ml, DeepClusteringTransformer model, IDataView data, IReadOnlyList<MethodResult> results, string path)
    {
        var scored = ml.Data.CreateEnumerable<ScoredImage>(model.Transform(data), reuseRowObject: false).ToArray();
        var report = new Report($"Clusters of {dataset}")
        {
            Introduction = $"{images.Pixels.Length:N0} images of {images.Height} x {images.Width} pixels, clustered without their labels by k-means and by DDC-UCO.",
            Notes =
            [
                Settings.Note,
                "ACC, NMI and ARI compare the clusters with the true classes, which the training does not see.",
            ],
            Tables = [new("Agreement with the true classes", results.Select(Row).ToArray())],
            Runs = [Detail(model.History.BestRun, results[^1], scored)],
        };
        var drawn = DrawnReport.Draw(report);
        SvgFiles.Write(drawn, Path.Combine(Path.GetDirectoryName(path)!, $"{Path.GetFileNameWithoutExtension(path)}-pictures"));
        HtmlReport.Write(drawn, path);
    }

    private ResultRow Row(MethodResult result) => new(result.Name, dataset)
    {
        Settings = $"{result.Seconds:0.0} s of training",
        Accuracy = new(result.Metrics.Accuracy),
        NormalizedMutualInformation = new(result.Metrics.NormalizedMutualInformation),
        AdjustedRandIndex = new(result.Metrics.AdjustedRandIndex),
        Remark = result.Metrics.NumberOfEmptyClusters is var empty and > 0 ? $"{empty} of {result.Metrics.NumberOfClusters} clusters are empty" : null,
    };

    private RunReport Detail(RunRecord run, MethodResult result, ScoredImage[] scored)
    {
        var labels = images.Labels.Distinct().Order().ToArray();
        var classes = Array.ConvertAll(images.Labels, label => Array.BinarySearch(labels, label));
        var clusters = Array.ConvertAll(scored, row => (int)row.PredictedLabel);
        return new(result.Name, dataset)
        {
            Facts = Facts(run, result),
            History = run,
            ClassNames = Array.ConvertAll(labels, label => className(label)),
            Embedding = new(Array.ConvertAll(scored, row => row.Embedding), clusters) { Classes = classes },
            Contingency = Contingency.Of(result.Metrics.Contingency),
            ClusterSizes = result.Metrics.ClusterSizes,
            Images = new(images.Height, images.Width, images.Pixels, clusters, Array.ConvertAll(scored, row => row.Distance())) { Low = -1 },
        };
    }

    private static Fact[] Facts(RunRecord run, MethodResult result) =>
    [
        new("seed of the run", $"{run.Seed}"),
        new("epochs", $"{run.Epochs.Count}"),
        new("seconds", $"{result.Seconds:0.0}"),
        new("lowest total loss", $"{run.LowestLoss:0.0000}"),
        new("ACC", $"{100 * result.Metrics.Accuracy:0.0} %"),
        new("NMI", $"{100 * result.Metrics.NormalizedMutualInformation:0.0} %"),
        new("ARI", $"{100 * result.Metrics.AdjustedRandIndex:0.0} %"),
        .. new[] { result.Metrics.KMeansOfFeatures, result.Metrics.KMeansOfEmbedding }.OfType<KMeansYardstick>().Select(Beside),
    ];

    private static Fact Beside(KMeansYardstick kmeans) => new(
        $"k-means on {kmeans.ColumnName}, best of {kmeans.NumberOfStarts} starts",
        $"ACC {100 * kmeans.Accuracy:0.0} %, NMI {100 * kmeans.NormalizedMutualInformation:0.0} %, the starts agree by {kmeans.Stability:0.00}");

    private sealed class ScoredImage
    {
        public uint PredictedLabel { get; set; }

        public float[] Score { get; set; } = [];

        public float[] Embedding { get; set; } = [];

        /// <summary>To the cluster; NaN without one.</summary>
        public float Distance() => PredictedLabel == 0 ? float.NaN : Score[PredictedLabel - 1];
    }
}
