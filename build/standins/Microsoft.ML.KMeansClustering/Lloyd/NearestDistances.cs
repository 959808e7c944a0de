namespace Microsoft.ML.Trainers;

/// <summary>For each row the squared distance to the nearest of the rows chosen so far, and drawing rows in proportion to it.</summary>
internal sealed class NearestDistances
{
    private readonly Points _points;
    private readonly ParallelOptions _parallel;
    private readonly float[] _distances;
    private readonly int[] _nearest;
    private int _chosen;

    public NearestDistances(Points points, ParallelOptions parallel)
    {
        _points = points;
        _parallel = parallel;
        _nearest = new int[points.Count];
        _distances = new float[points.Count];
        // Before the first choice each row is as likely as its weight.
        Array.Fill(_distances, 1);
    }

    public int IndexOfNearest(int row) => _nearest[row];

    public void Add(IReadOnlyList<float[]> rows)
    {
        if (rows.Count == 0)
            return;
        var centroids = Centroids.Of(rows);
        Parallel.For(0, _points.Count, _parallel, i =>
        {
            var (index, distance) = centroids.Nearest(_points[i], _points.SquaredNorm(i));
            if (_chosen == 0 || distance < _distances[i])
                (_distances[i], _nearest[i]) = (distance, _chosen + index);
        });
        _chosen += rows.Count;
    }

    /// <summary>A row drawn in proportion to weight and squared distance; any row if all are at distance 0.</summary>
    public int Draw(Random random)
    {
        var rest = random.NextDouble() * Total();
        var last = -1;
        for (var i = 0; i < _points.Count; i++)
        {
            var share = Share(i);
            if (share <= 0)
                continue;
            last = i;
            rest -= share;
            if (rest < 0)
                return i;
        }

        return last >= 0 ? last : random.Next(_points.Count);
    }

    /// <summary>Each row on its own, so that <paramref name="count"/> are expected.</summary>
    public List<int> DrawAbout(int count, Random random)
    {
        var total = Total();
        var drawn = new List<int>();
        for (var i = 0; i < _points.Count && total > 0; i++)
        {
            if (random.NextDouble() * total < count * Share(i))
                drawn.Add(i);
        }

        return drawn;
    }

    private double Share(int row) => (double)_distances[row] * _points.Weight(row);

    private double Total() => Enumerable.Range(0, _points.Count).Sum(Share);
}
