namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>Draws the pictures of a run.</summary>
internal static class RunPictures
{
    /// <summary>Draws what the run has.</summary>
    /// <param name="start">The start of the pictures' names.</param>
    /// <param name="run">The run.</param>
    /// <param name="cancellation">Honoured between pictures and within t-SNE.</param>
    public static DrawnRun Draw(string start, RunReport run, CancellationToken cancellation)
    {
        var map = new ClassMap(run.ClassNames, run.Contingency);
        var curves = Charts(run).Select((chart, i) => LineChart.Draw(PictureName.Make($"{start}-{i + 1}", chart.Title), chart)).ToArray();
        var embedding = run.Embedding is { } rows ? EmbeddingPictures.Draw(start, rows, map, run.SampleSeed, cancellation) : [];
        cancellation.ThrowIfCancellationRequested();
        var clusters = new List<Picture>();
        if (run.Contingency is { } contingency)
            clusters.Add(HeatMap.Draw($"{start}-classes-and-clusters", "Classes and clusters", contingency, map));
        if (run.ClusterSizes.Count > 0)
            clusters.Add(SizeBars.Draw($"{start}-cluster-sizes", "Cluster sizes", run.ClusterSizes));
        var strips = run.Images is { } images ? ClusterStrips.Choose(images, run.ClusterSizes.Count, map) : [];
        var sheet = run.Images is null ? null : SheetPicture.Draw($"{start}-images", "Images of each cluster", "", strips);
        return new(run, curves, embedding, clusters, strips, sheet);
    }

    private static IEnumerable<Comparison> Charts(RunReport run)
    {
        foreach (var chart in LossCurves.From(run.History))
            yield return chart;
        foreach (var chart in QuantityCurves.From(run.History))
            yield return chart;
        if (run.Mismatch.Count > 0)
        {
            yield return new("Objective function mismatch", run.Mismatch)
            {
                VerticalAxis = "mismatch", ValueAxis = ValueAxis.Mismatch,
                Description = "0: the gradients of both objectives point the same way; 0.5: they are orthogonal; 1: they are opposed.",
            };
        }

        if (run.Performance.Count > 0)
            yield return new("Performance", run.Performance) { VerticalAxis = "value", ValueAxis = ValueAxis.Share };
    }
}
