using System.Numerics;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Centroids;

/// <summary>
/// k-means by a processor's vector instructions on as many threads as libtorch has. Lloyd's iterations pass over points whose distance
/// bounds tell that their nearest centroid stays (Hamerly, SDM 2010). The points lie in at most 16 blocks, whose sums are added in
/// order: results do not depend on the number of threads. In memory are the points once, four numbers for each, and 16 k p sums.
/// </summary>
internal sealed class ProcessorPoints<T> : KMeansPoints
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int MaximumBlocks = 16;
    private const int MinimumPointsPerBlock = 1 << 12;

    private readonly int _dimensions;
    private readonly PointBlock<T>[] _blocks;

    /// <param name="points">(n, p), of T, on the CPU.</param>
    /// <param name="mean">(p), taken off them.</param>
    /// <param name="weights">(n), above 0, or null for 1.</param>
    public ProcessorPoints(Tensor points, Tensor mean, Tensor? weights = null)
    {
        _dimensions = (int)points.shape[1];
        var size = Math.Max(MinimumPointsPerBlock, (points.shape[0] + MaximumBlocks - 1) / MaximumBlocks);
        var start = 0L;
        _blocks = points.split(size, 0).Select(rows =>
        {
            using var scope = NewDisposeScope();
            var own = weights?.narrow(0, start, rows.shape[0]).to(points.dtype);
            start += rows.shape[0];
            return new PointBlock<T>(ValuesOf(rows - mean), own is null ? [] : ValuesOf(own), _dimensions);
        }).ToArray();
    }

    public override Tensor Seeds(int clusters, Generator generator)
    {
        var chosen = new T[clusters * _dimensions];
        ForEachBlock(b => b.ResetDistances());
        for (var j = 0; j < clusters; j++)
        {
            var candidates = Draw(j == 0 ? 1 : Candidates(clusters), generator);
            var inertias = new double[_blocks.Length][];
            ForEachBlock((b, i) => inertias[i] = b.Inertias(candidates));
            // The first of the lowest.
            var totals = candidates.Select((_, c) => inertias.Sum(block => block[c])).ToArray();
            var best = candidates[Array.IndexOf(totals, totals.Min())];
            ForEachBlock(b => b.LowerDistances(best));
            best.CopyTo(chosen, j * _dimensions);
        }

        return ToTensor(chosen);
    }

    public override KMeansResult Lloyd(Tensor start, CancellationToken cancellation)
    {
        var centroids = new CentroidTable<T>(Values(start), _dimensions);
        ForEachBlock(b => b.Assign(centroids));
        var settled = 0;
        for (var iteration = 0; iteration < MaximumIterations; iteration++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (means, isRefilled) = Means(centroids);
            var next = new CentroidTable<T>(means, _dimensions);
            var shifts = new CentroidShifts<T>(centroids, next);
            centroids = next;
            var changed = new int[_blocks.Length];
            ForEachBlock((b, i) => changed[i] = b.Reassign(centroids, shifts));
            settled = changed.All(c => c == 0) ? settled + 1 : 0;
            if (settled == IterationsToSettle(isRefilled))
                break;
        }

        var inertias = new double[_blocks.Length];
        ForEachBlock((b, i) => inertias[i] = b.Inertia(centroids));
        return new(ToTensor(centroids.Values), LabelTensor(), inertias.Sum());
    }

    public override Tensor Labels(Tensor centroids)
    {
        var table = new CentroidTable<T>(Values(centroids), _dimensions);
        ForEachBlock(b => b.Assign(table));
        return LabelTensor();
    }

    // Points drawn with a probability proportional to their chance; the last when all chances are zero.
    private T[][] Draw(int count, Generator generator)
    {
        var sums = Array.ConvertAll(_blocks, b => b.ChanceSum);
        using var uniform = Uniform(count, generator);
        return uniform.data<double>().ToArray().Select(u =>
        {
            var rest = u * sums.Sum();
            var block = 0;
            // A threshold passes the last sum by rounding only.
            while (block < sums.Length - 1 && rest >= sums[block])
                rest -= sums[block++];
            return _blocks[block].PointAt(rest);
        }).ToArray();
    }

    // The mean of each cluster, in double precision, and whether one without points got a point in its place.
    private (T[] Means, bool IsRefilled) Means(CentroidTable<T> centroids)
    {
        var means = new T[centroids.Count * _dimensions];
        var empty = new List<int>();
        for (var j = 0; j < centroids.Count; j++)
        {
            if (_blocks.All(b => b.Counts[j] == 0))
            {
                empty.Add(j);
                continue;
            }

            var weight = 0.0;
            foreach (var block in _blocks)
                weight += block.WeightOf(j);
            for (var d = j * _dimensions; d < (j + 1) * _dimensions; d++)
            {
                var sum = 0.0;
                foreach (var block in _blocks)
                    sum += block.Sums[d];
                means[d] = T.CreateTruncating(sum / weight);
            }
        }

        if (empty.Count > 0)
            Refill(means, empty, centroids);
        return (means, empty.Count > 0);
    }

    // Puts the centroids of empty clusters on the points farthest from theirs, the farthest first.
    private void Refill(T[] means, List<int> empty, CentroidTable<T> centroids)
    {
        var farthest = _blocks.SelectMany(b => b.Farthest(centroids, empty.Count)).OrderByDescending(f => f.Distance).Take(empty.Count);
        foreach (var (j, (point, _)) in empty.Zip(farthest))
            point.CopyTo(means, j * _dimensions);
    }

    private void ForEachBlock(Action<PointBlock<T>> work) => ForEachBlock((b, _) => work(b));

    private void ForEachBlock(Action<PointBlock<T>, int> work)
    {
        var threads = Math.Min(get_num_threads(), _blocks.Length);
        if (threads > 1)
        {
            Parallel.For(0, _blocks.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => work(_blocks[i], i));
            return;
        }

        for (var i = 0; i < _blocks.Length; i++)
            work(_blocks[i], i);
    }

    private static T[] Values(Tensor centroids) => ValuesOf(centroids).ToArray();

    private static ReadOnlySpan<T> ValuesOf(Tensor tensor) => MemoryMarshal.Cast<byte, T>(tensor.contiguous().bytes);

    private Tensor ToTensor(T[] values)
    {
        using var scope = NewDisposeScope();
        var type = typeof(T) == typeof(float) ? ScalarType.Float32 : ScalarType.Float64;
        return from_array(values, dtype: type, device: CPU).reshape(-1, _dimensions).MoveToOuterDisposeScope();
    }

    private Tensor LabelTensor()
    {
        using var scope = NewDisposeScope();
        return cat(_blocks.Select(b => tensor(b.Labels, dtype: ScalarType.Int32, device: CPU)).ToArray(), 0).to(ScalarType.Int64).MoveToOuterDisposeScope();
    }
}
