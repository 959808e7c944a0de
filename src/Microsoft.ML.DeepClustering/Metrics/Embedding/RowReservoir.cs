namespace Microsoft.ML.DeepClustering.Metrics.Embedding;

/// <summary>
/// Draws rows without replacement from a stream of unknown length, each with the same probability: algorithm R of
/// Vitter, <i>Random sampling with a reservoir</i>, ACM Trans. Math. Software 11, 1985. All rows, in their order, if there are no more than places.
/// </summary>
internal sealed class RowReservoir(int capacity, int seed)
{
    /// <summary>What <see cref="Offer"/> returns for a row that is not drawn.</summary>
    public const int NotDrawn = -1;

    private readonly Random _random = new(seed);
    private long _seen;

    /// <summary>The place that the next row takes, 0 to capacity - 1, from the row that was there; or <see cref="NotDrawn"/>.</summary>
    public int Offer()
    {
        if (_seen < capacity)
            return (int)_seen++;
        var place = _random.NextInt64(++_seen);
        return place < capacity ? (int)place : NotDrawn;
    }

    /// <summary>The numbers from 0 of the rows drawn from <paramref name="rows"/>, in the order of their places.</summary>
    public static long[] Draw(long rows, int capacity, int seed)
    {
        var reservoir = new RowReservoir(capacity, seed);
        var drawn = new long[Math.Min(rows, capacity)];
        for (var row = 0L; row < rows; row++)
        {
            var place = reservoir.Offer();
            if (place != NotDrawn)
                drawn[place] = row;
        }

        return drawn;
    }
}
