namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>The rows of a cluster that are nearest to it and farthest from it, of a stream: no more are kept than are shown.</summary>
/// <param name="capacity">How many of each.</param>
internal sealed class ClusterExamples(int capacity)
{
    private static readonly Comparer<(float Distance, long Row)> FarthestFirst = Comparer<(float Distance, long Row)>.Create((a, b) => b.CompareTo(a));

    // The row at the head is the first to give way.
    private readonly PriorityQueue<ExampleRow, (float Distance, long Row)> _nearest = new(FarthestFirst);
    private readonly PriorityQueue<ExampleRow, (float Distance, long Row)> _farthest = new();

    /// <summary>Offers a row, which is read only if it is kept.</summary>
    /// <param name="distance">Its distance, finite.</param>
    /// <param name="row">Its place in the data, later than all before.</param>
    /// <param name="read">Reads it.</param>
    public void Offer(float distance, long row, Func<ExampleRow> read)
    {
        ExampleRow? kept = null;
        if (_nearest.Count < capacity || (capacity > 0 && distance < Head(_nearest).Distance))
            Add(_nearest);
        if (_farthest.Count < capacity || (capacity > 0 && distance >= Head(_farthest).Distance))
            Add(_farthest);

        void Add(PriorityQueue<ExampleRow, (float Distance, long Row)> rows)
        {
            kept ??= read();
            if (rows.Count < capacity)
                rows.Enqueue(kept, (distance, row));
            else
                rows.EnqueueDequeue(kept, (distance, row));
        }
    }

    /// <summary>The nearest row first; of the same distance the earlier.</summary>
    public IReadOnlyList<ExampleRow> Nearest() => Sorted(_nearest).ToArray();

    /// <summary>The farthest row first, without those among the nearest.</summary>
    public IReadOnlyList<ExampleRow> Farthest()
    {
        var nearest = _nearest.UnorderedItems.Select(item => item.Element.Row).ToHashSet();
        return Sorted(_farthest).Reverse().Where(row => !nearest.Contains(row.Row)).ToArray();
    }

    private static IEnumerable<ExampleRow> Sorted(PriorityQueue<ExampleRow, (float Distance, long Row)> rows)
        => rows.UnorderedItems.OrderBy(item => item.Priority).Select(item => item.Element);

    private static (float Distance, long Row) Head(PriorityQueue<ExampleRow, (float Distance, long Row)> rows)
        => rows.TryPeek(out _, out var priority) ? priority : default;
}
