namespace Microsoft.ML.DeepClustering.Data;

/// <summary>Checks that data have at least as many different rows as clusters.</summary>
internal static class DistinctRows
{
    private const long MaximumRowsPerBlock = 1024;
    private const long ValuesPerBlock = 4 << 20;

    /// <summary>
    /// A sentence when they have fewer, else null. Reads until it has found k different rows, and keeps only those: data are read to the end only
    /// when they have fewer.
    /// </summary>
    /// <param name="data">Prepared features.</param>
    /// <param name="clusters">k.</param>
    /// <param name="cancellation">Honoured within one block of rows.</param>
    public static string? TooFew(TrainingRows data, int clusters, CancellationToken cancellation)
    {
        var distinct = new List<float[]>();
        var rowsPerBlock = RowsPerBlock(data);
        for (var start = 0L; start < data.Count && distinct.Count < clusters; start += rowsPerBlock)
        {
            cancellation.ThrowIfCancellationRequested();
            AddNew(Block(data, start, rowsPerBlock), distinct, clusters);
        }

        if (distinct.Count >= clusters)
            return null;
        return distinct.Count == 1
            ? $"The data have 1 distinct row, fewer than the {clusters} clusters: there is nothing to tell apart; bring other rows."
            : $"The data have {distinct.Count} distinct rows, fewer than the {clusters} clusters: lower NumberOfClusters to {distinct.Count}, or bring other rows.";
    }

    private static long RowsPerBlock(TrainingRows data)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        return Math.Clamp(ValuesPerBlock / data.Range(0, 1).NumberOfElements, 1, MaximumRowsPerBlock);
    }

    private static IEnumerable<float[]> Block(TrainingRows data, long start, long count)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        var rows = data.Range(start, Math.Min(count, data.Count - start)).flatten(1).cpu().contiguous();
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
