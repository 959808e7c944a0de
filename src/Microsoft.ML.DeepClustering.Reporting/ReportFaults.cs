namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>What in a report does not fit together.</summary>
internal static class ReportFaults
{
    /// <summary>Checks all of a report at once.</summary>
    /// <exception cref="ArgumentException">Something does not fit; the message has all faults.</exception>
    public static void Check(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var faults = report.Tables.SelectMany(table => table.Rows).Where(row => row.Runs < 0)
            .Select(row => $"The row '{row.Label}' has {row.Runs} runs; give 0 or more.")
            .Concat(report.Runs.SelectMany(run => Faults(run).Select(fault => $"Run '{run.Title}': {fault}")))
            .ToArray();
        if (faults.Length > 0)
            throw new ArgumentException(string.Join(" ", faults), nameof(report));
    }

    private static IEnumerable<string> Faults(RunReport run)
    {
        var faults = Enumerable.Empty<string>();
        if (run.Embedding is { } embedding)
            faults = faults.Concat(Faults(embedding));
        if (run.Contingency is { } contingency)
            faults = faults.Concat(Faults(contingency, run.ClassNames.Count));
        if (run.Images is { } images)
            faults = faults.Concat(Faults(images));
        if (run.ClusterSizes.Any(size => size < 0))
            faults = faults.Append($"a cluster has the size {run.ClusterSizes.Min()}; sizes are 0 or more.");
        return faults;
    }

    private static IEnumerable<string> Faults(EmbeddedRows embedding)
    {
        var n = embedding.Rows.Count;
        if (embedding.Clusters.Count != n)
            yield return $"the embedding has {n} rows but {embedding.Clusters.Count} clusters; give one for each row.";
        if (embedding.Classes is { } classes && classes.Count != n)
            yield return $"the embedding has {n} rows but {classes.Count} classes; give one for each row, or none.";
        if (n > 0 && embedding.Rows.FirstOrDefault(row => row.Length != embedding.Rows[0].Length) is { } odd)
            yield return $"the embedding has rows of {embedding.Rows[0].Length} and of {odd.Length} values; all must be as long.";
        if (embedding.Clusters.Any(cluster => cluster < 0))
            yield return $"the embedding has the cluster {embedding.Clusters.Min()}; clusters are 1 to k, 0 is none.";
    }

    private static IEnumerable<string> Faults(Contingency contingency, int names)
    {
        var (classes, clusters) = (contingency.Counts.GetLength(0), contingency.Counts.GetLength(1));
        if (names > 0 && names != classes)
            yield return $"the contingency table has {classes} classes, but there are {names} class names; give one for each, or none.";
        if (contingency.Counts.Cast<long>().Any(count => count < 0))
            yield return $"the contingency table has the count {contingency.Counts.Cast<long>().Min()}; counts are 0 or more.";
        var map = contingency.ClassOfCluster;
        if (map.Count != clusters)
            yield return $"the best map has {map.Count} entries for {clusters} clusters; give one for each, null for none.";
        var mapped = map.OfType<int>().ToArray();
        if (mapped.Any(label => label < 0 || label >= classes) || mapped.Distinct().Count() < mapped.Length)
            yield return $"the best map has the classes {string.Join(", ", mapped)}; each must be 0 to {classes - 1} and stand there once.";
    }

    private static IEnumerable<string> Faults(ImageSheet images)
    {
        var n = images.Pixels.Count;
        if (images.Clusters.Count != n || images.Distances.Count != n)
            yield return $"there are {n} images, {images.Clusters.Count} clusters and {images.Distances.Count} distances; give one of each for every image.";
        if (images.Clusters.Any(cluster => cluster < 0))
            yield return $"the images have the cluster {images.Clusters.Min()}; clusters are 1 to k, 0 is none.";
        if (images.Channels is not (1 or 3))
            yield return $"the images have {images.Channels} channels; 1 (grey) or 3 (red, green, blue) can be shown.";
        var size = images.Channels * images.Height * images.Width;
        if (images.Pixels.Concat(images.Decoded).FirstOrDefault(image => image.Length != size) is { } odd)
            yield return $"an image has {odd.Length} values, but {images.Channels} x {images.Height} x {images.Width} are {size}; correct the size or the values.";
        if (!(images.Low < images.High))
            yield return $"black is {images.Low} and white {images.High}; black must be the lower.";
    }
}
