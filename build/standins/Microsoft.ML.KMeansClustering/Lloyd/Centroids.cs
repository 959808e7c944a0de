namespace Microsoft.ML.Trainers;

/// <summary>k rows, their squared norms, and finding the nearest of them.</summary>
internal sealed class Centroids(int count, int size)
{
    private readonly float[] _values = new float[count * size];
    private readonly float[] _squaredNorms = new float[count];

    public int Count => count;

    public ReadOnlySpan<float> this[int index] => _values.AsSpan(index * size, size);

    public static Centroids Of(IReadOnlyList<float[]> rows)
    {
        var centroids = new Centroids(rows.Count, rows[0].Length);
        for (var i = 0; i < rows.Count; i++)
            centroids.Set(i, rows[i]);
        return centroids;
    }

    public void Set(int index, ReadOnlySpan<float> row)
    {
        row.CopyTo(_values.AsSpan(index * size, size));
        _squaredNorms[index] = Kernels.Dot(row, row);
    }

    /// <summary>The nearest centroid, the first of equals, and its squared distance.</summary>
    public (int Index, float SquaredDistance) Nearest(ReadOnlySpan<float> row, float squaredNorm)
    {
        var best = -1;
        var smallest = float.PositiveInfinity;
        var i = 0;
        for (; i + 3 < count; i += 4)
        {
            var (d0, d1, d2, d3) = Kernels.Dot4(this[i], this[i + 1], this[i + 2], this[i + 3], row);
            Try(i, d0);
            Try(i + 1, d1);
            Try(i + 2, d2);
            Try(i + 3, d3);
        }

        for (; i < count; i++)
            Try(i, Kernels.Dot(this[i], row));
        return (best, Math.Max(0, smallest + squaredNorm));

        // ||c - x||^2 = ||x||^2 + (||c||^2 - 2 c.x); the first term is the same for all centroids.
        void Try(int index, float dot)
        {
            var distance = _squaredNorms[index] - 2 * dot;
            if (best < 0 || distance < smallest)
                (best, smallest) = (index, distance);
        }
    }

    public float[][] ToRows() => Enumerable.Range(0, count).Select(i => this[i].ToArray()).ToArray();
}
