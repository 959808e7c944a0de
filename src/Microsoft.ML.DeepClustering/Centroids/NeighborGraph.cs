using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Centroids;

/// <summary>
/// The directed graph of the nearest neighbours of each point, with the probabilities of a step along its edges: P_ij ∝ exp(-d²_ij / σ²), where σ² is such that a point at the mean squared
/// distance of all neighbours has the weight 0.95. Zhang, Zhao and Wang, "Agglomerative clustering via maximum incremental path integral", Pattern Recognition 46, 2013, Section 4, take the mean
/// of the three nearest ones: where rows have copies that is 0, and only copies would be neighbours.
/// </summary>
/// <param name="Count">n, the number of points.</param>
/// <param name="Degree">K, the number of neighbours of each.</param>
/// <param name="Neighbors">Of point i the values i K to (i + 1) K - 1, the nearest first; none is the point itself.</param>
/// <param name="Probabilities">Of the steps to these; each K of them sum to 1.</param>
internal sealed record NeighborGraph(int Count, int Degree, int[] Neighbors, double[] Probabilities)
{
    private const double WeightAtScale = 0.95;

    /// <summary>The graph of some points.</summary>
    /// <param name="points">(n, p), finite, n above the degree.</param>
    /// <param name="degree">K, 1 or more.</param>
    /// <param name="cancellation">Honoured within some millions of distances.</param>
    public static NeighborGraph Create(Tensor points, int degree, CancellationToken cancellation)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        // Distances do not change with the origin; near the mean the products lose fewer digits.
        var precise = points.cpu().to(ScalarType.Float64);
        var centered = precise - precise.mean(new long[] { 0 });
        var count = (int)centered.shape[0];
        var (neighbors, squares) = (new int[count * degree], new double[count * degree]);
        var start = 0;
        foreach (var block in centered.split(CentroidDistance.RowsPerBlock(count), 0))
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var itself = Arithmetic.Numbers(block.shape[0], CPU).Plus((long)start).unsqueeze(1).eq(Arithmetic.Numbers(count, CPU));
            var distances = CentroidDistance.SquaredByProducts(block, centered).With(itself, double.PositiveInfinity);
            var (values, indices) = distances.topk(degree, 1, largest: false);
            values.data<double>().CopyTo(squares, start * degree);
            indices.to(ScalarType.Int32).data<int>().CopyTo(neighbors, start * degree);
            start += (int)block.shape[0];
        }

        return new(count, degree, neighbors, Steps(squares, degree));
    }

    /// <summary>The points that are joined by the edges to nearest neighbours alone, each in one group, by their first points.</summary>
    public int[][] NearestGroups()
    {
        var parents = Enumerable.Range(0, Count).ToArray();
        for (var i = 0; i < Count; i++)
            parents[Root(i)] = Root(Neighbors[i * Degree]);
        return [.. Enumerable.Range(0, Count).GroupBy(Root).Select(g => g.ToArray())];

        int Root(int point)
        {
            while (parents[point] != point)
                point = parents[point] = parents[parents[point]];
            return point;
        }
    }

    /// <summary>The groups between which edges run, as often as they do.</summary>
    /// <param name="groups">Each point is in one.</param>
    public IEnumerable<(int From, int To)> EdgesBetween(int[][] groups)
    {
        var groupOf = new int[Count];
        for (var g = 0; g < groups.Length; g++)
            Array.ForEach(groups[g], i => groupOf[i] = g);
        return from edge in Enumerable.Range(0, Neighbors.Length)
               let ends = (From: groupOf[edge / Degree], To: groupOf[Neighbors[edge]])
               where ends.From != ends.To
               select ends;
    }

    /// <summary>The edges by the points that they lead to.</summary>
    public Edges Reversed()
    {
        var starts = new int[Count + 1];
        foreach (var neighbor in Neighbors)
            starts[neighbor + 1]++;
        for (var i = 0; i < Count; i++)
            starts[i + 1] += starts[i];
        var (next, points, probabilities) = (starts[..Count], new int[Neighbors.Length], new double[Neighbors.Length]);
        for (var edge = 0; edge < Neighbors.Length; edge++)
        {
            var place = next[Neighbors[edge]]++;
            (points[place], probabilities[place]) = (edge / Degree, Probabilities[edge]);
        }

        return new(starts, points, probabilities);
    }

    // d² of the neighbours -> the probabilities.
    private static double[] Steps(double[] squares, int degree)
    {
        var scale = squares.Average() / -Math.Log(WeightAtScale);
        var weights = Array.ConvertAll(squares, d => scale > 0 ? Math.Exp(-d / scale) : 1);
        for (var start = 0; start < weights.Length; start += degree)
        {
            var row = weights.AsSpan(start, degree);
            var sum = 0.0;
            foreach (var weight in row)
                sum += weight;
            // Of a point far from all others each weight may be too small for a float.
            for (var i = 0; i < degree; i++)
                row[i] = sum > 0 ? row[i] / sum : 1.0 / degree;
        }

        return weights;
    }

    /// <summary>The edges to each point.</summary>
    /// <param name="Starts">Of point i the edges from the i-th value to before the next; n + 1 values.</param>
    /// <param name="Points">Where they come from.</param>
    /// <param name="Probabilities">Of the steps along them.</param>
    internal sealed record Edges(int[] Starts, int[] Points, double[] Probabilities);
}
