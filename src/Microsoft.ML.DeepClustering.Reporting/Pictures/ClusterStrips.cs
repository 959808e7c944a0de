namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>The images nearest to a cluster and farthest from it.</summary>
/// <param name="Cluster">1 to k.</param>
/// <param name="Label">The cluster, its class and its number of images, in words.</param>
/// <param name="Nearest">At most 8, the nearest first; null for a cluster without images.</param>
/// <param name="Farthest">At most 8 of the others, the farthest first; null where there are none.</param>
/// <param name="Decoded">The one image that stands for the cluster; null where the sheet has none.</param>
internal sealed record ClusterStrips(int Cluster, string Label, ImageStrip? Nearest, ImageStrip? Farthest, ImageStrip? Decoded)
{
    private const int MostImages = 8;

    /// <summary>One for each cluster, the empty ones too. Images without a cluster or a finite distance are left out.</summary>
    /// <param name="sheet">The images.</param>
    /// <param name="clusters">k, or less where the sheet has more.</param>
    /// <param name="map">The classes of the clusters.</param>
    public static IReadOnlyList<ClusterStrips> Choose(ImageSheet sheet, int clusters, ClassMap map)
    {
        var byCluster = Enumerable.Range(0, sheet.Pixels.Count)
            .Where(row => sheet.Clusters[row] > 0 && float.IsFinite(sheet.Distances[row]))
            .ToLookup(row => sheet.Clusters[row]);
        var most = Math.Max(Math.Max(clusters, sheet.Decoded.Count), sheet.Clusters.DefaultIfEmpty(0).Max());
        return Enumerable.Range(1, most).Select(cluster =>
        {
            var rows = byCluster[cluster].OrderBy(row => sheet.Distances[row]).ToArray();
            var farthest = rows.Skip(MostImages).TakeLast(MostImages).Reverse().ToArray();
            var label = $"Cluster {cluster}{(map.ClassOf(cluster) is { } c ? $" → {map.NameOf(c)}" : "")}: {(rows.Length == 1 ? "1 image" : $"{Plain.Count(rows.Length)} images")}";
            return new ClusterStrips(cluster, label,
                rows.Length > 0 ? ImageStrip.Make(sheet, rows[..Math.Min(MostImages, rows.Length)]) : null,
                farthest.Length > 0 ? ImageStrip.Make(sheet, farthest) : null,
                ImageStrip.OfCluster(sheet, cluster));
        }).ToArray();
    }
}
