using Microsoft.ML.DeepClustering;

namespace Samples.Reporting;

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
        var pictures = new List<Picture>();
        foreach (var chart in Charts(run))
            pictures.Add(LineChart.Draw(PictureName.Make($"{start}-{pictures.Count + 1}", chart.Title), chart));
        if (run.Embedding is { } embedding)
            pictures.AddRange(EmbeddingPictures.Draw(start, embedding, map, run.SampleSeed, cancellation));
        cancellation.ThrowIfCancellationRequested();
        if (run.Contingency is { } contingency)
            pictures.Add(HeatMap.Draw($"{start}-classes-and-clusters", "Classes and clusters", contingency, map));
        if (run.ClusterSizes.Count > 0)
            pictures.Add(SizeBars.Draw($"{start}-cluster-sizes", "Cluster sizes", run.ClusterSizes));
        if (run.Images is not { } images)
            return new(run, pictures, [], null);
        var strips = ClusterStrips.Choose(images, run.ClusterSizes.Count, map);
        return new(run, pictures, strips, SheetPicture.Draw($"{start}-images", "Images of each cluster", "", strips));
    }

    private static IEnumerable<Comparison> Charts(RunReport run)
    {
        foreach (var chart in LossCurves.From(run.History))
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
