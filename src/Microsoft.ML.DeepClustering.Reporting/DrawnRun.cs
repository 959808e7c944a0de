namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>A run with its pictures.</summary>
/// <param name="Run">The run.</param>
/// <param name="Curves">Its line charts.</param>
/// <param name="Embedding">The maps of its embedding; empty without one.</param>
/// <param name="Clusters">Its clusters against the classes, and their sizes.</param>
/// <param name="Strips">Its images by cluster; empty without images.</param>
/// <param name="Sheet">The same as one picture; null without images.</param>
internal sealed record DrawnRun(
    RunReport Run, IReadOnlyList<Picture> Curves, IReadOnlyList<Picture> Embedding, IReadOnlyList<Picture> Clusters, IReadOnlyList<ClusterStrips> Strips, Picture? Sheet)
{
    /// <summary>All pictures, in the order to show them.</summary>
    public IEnumerable<Picture> Pictures => Curves.Concat(Embedding).Concat(Clusters).Concat(Sheet is null ? [] : [Sheet]);
}
