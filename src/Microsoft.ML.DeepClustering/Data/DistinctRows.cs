namespace Microsoft.ML.DeepClustering.Data;

/// <summary>Whether data have as many different rows as clusters are sought.</summary>
internal static class DistinctRows
{
    private const long RowsPerBlock = 1024;

    /// <summary>
    /// A sentence when they have fewer, else null. It reads rows until it has found as many different ones, and keeps no more than those:
    /// only data that lack them are read to the end.
    /// </summary>
    /// <param name="data">Prepared features.</param>
    /// <param name="clusters">k.</param>
    /// <param name="cancellation">Honoured within one block of rows.</param>
    public static string? TooFew(TrainingRows data, int clusters, CancellationToken cancellation)
    {
        var distinct = new List<float[]>();
        for (var start = 0L; start < data.Count && distinct.Count < clusters; start += RowsPerBlock)
        {
            cancellation.ThrowIfCancellationRequested();
            AddNew(Block(data, start), distinct, clusters);
        }

        if (distinct.Count >= clusters)
            return null;
        var rows = distinct.Count == 1 ? "1 distinct row" : $"{distinct.Count} distinct rows";
        var remedy = distinct.Count == 1 ? "there is nothing to tell apart" : $"lower NumberOfClusters to {distinct.Count}";
        return $"The data have {rows}, fewer than the {clusters} clusters asked for: {remedy}, or bring other rows.";
    }

    private static IEnumerable<float[]> Block(TrainingRows data, long start)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        var rows = data.Range(start, Math.Min(RowsPerBlock, data.Count - start)).flatten(1).cpu().contiguous();
        return rows.data<float>().ToArray().Chunk(checked((int)rows.shape[1]));
    }

    private static void AddNew(IEnumerable<float[]> rows, List<float[]> distinct, int most)
    {
        foreach (var row in rows)
        {
            if (!distinct.Exists(known => known.AsSpan().SequenceEqual(row)))
                distinct.Add(row);
            if (distinct.Count >= most)
                return;
        }
    }
}
