using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.DeepClustering.Centroids;

/// <summary>
/// Some points for k-means, as many at a time as a vector has lanes: groups of so many points, dimension by dimension. The last group is
/// filled up with points at the origin that count for nothing. One thread works on a block at a time.
/// </summary>
internal sealed class PointBlock<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly int Lanes = Vector256<T>.Count;

    private readonly int _count;
    private readonly int _dimensions;
    private readonly T[] _values;
    // Squared distances from the nearest seed; infinite before there is one.
    private readonly T[] _distances;

    // Of each point, 0 for those that fill up; empty where all are 1.
    private readonly T[] _weights;
    private readonly T[] _upper;
    private readonly T[] _lower;
    private readonly int[] _labels;
    private double[] _weightsOfClusters = [];

    /// <param name="points">(n, p), row by row.</param>
    /// <param name="weights">(n), above 0, or empty for 1.</param>
    /// <param name="dimensions">p.</param>
    public PointBlock(ReadOnlySpan<T> points, ReadOnlySpan<T> weights, int dimensions)
    {
        (_count, _dimensions) = (points.Length / dimensions, dimensions);
        var padded = (_count + Lanes - 1) / Lanes * Lanes;
        _values = new T[padded * dimensions];
        for (var i = 0; i < _count; i++)
        {
            for (var d = 0; d < dimensions; d++)
                _values[Place(i, d)] = points[i * dimensions + d];
        }

        (_distances, _upper, _lower, _labels) = (new T[padded], new T[padded], new T[padded], new int[padded]);
        _weights = weights.IsEmpty ? [] : new T[padded];
        weights.CopyTo(_weights);
    }

    /// <summary>The label of each point.</summary>
    public ArraySegment<int> Labels => new(_labels, 0, _count);

    /// <summary>The sums of the points of each cluster, each times its weight, (k, p), row by row.</summary>
    public double[] Sums { get; private set; } = [];

    /// <summary>The number of points of each cluster.</summary>
    public int[] Counts { get; private set; } = [];

    /// <summary>The sum of the chances of all points to be drawn: weight times squared distance.</summary>
    public double ChanceSum { get; private set; }

    /// <summary>The sum of the weights of a cluster's points.</summary>
    public double WeightOf(int cluster) => _weights.Length == 0 ? Counts[cluster] : _weightsOfClusters[cluster];

    /// <summary>Forgets all seeds: the chance of a point is then its weight, until the first <see cref="LowerDistances"/>.</summary>
    public void ResetDistances()
    {
        Array.Fill(_distances, T.PositiveInfinity, 0, _count);
        ChanceSum = _weights.Length == 0 ? _count : Enumerable.Range(0, _count).Sum(Weight);
    }

    /// <summary>The point at which the running sum of the chances passes a threshold; the last if none is.</summary>
    public T[] PointAt(double threshold)
    {
        var (i, passed) = (0, Chance(0));
        while (passed <= threshold && i < _count - 1)
            passed += Chance(++i);
        return Point(i);
    }

    /// <summary>The sums that the chances would have after <see cref="LowerDistances"/>, for each of several candidates.</summary>
    public double[] Inertias(T[][] candidates)
    {
        var sums = new double[candidates.Length];
        for (var start = 0; start < _distances.Length; start += Lanes)
        {
            var distances = Vector256.LoadUnsafe(ref _distances[start]);
            for (var c = 0; c < sums.Length; c++)
                sums[c] += double.CreateTruncating(Vector256.Sum(Weighted(Vector256.Min(Squared(start, candidates[c]), distances), start)));
        }

        return sums;
    }

    /// <summary>Makes the distance of each point that to the nearest of all points that this was called with.</summary>
    public void LowerDistances(T[] point)
    {
        ChanceSum = 0;
        for (var start = 0; start < _distances.Length; start += Lanes)
        {
            Vector256.Min(Squared(start, point), Vector256.LoadUnsafe(ref _distances[start])).StoreUnsafe(ref _distances[start]);
            for (var i = start; i < start + Lanes; i++)
                ChanceSum += Weight(i) * double.CreateTruncating(_distances[i]);
        }
    }

    /// <summary>Gives each point its nearest centroid.</summary>
    public void Assign(CentroidTable<T> centroids)
    {
        (Sums, Counts) = (new double[centroids.Values.Length], new int[centroids.Count]);
        _weightsOfClusters = _weights.Length == 0 ? [] : new double[centroids.Count];
        for (var start = 0; start < _labels.Length; start += Lanes)
        {
            var nearest = Nearest(start, centroids);
            for (var lane = 0; lane < Lanes; lane++)
                _labels[start + lane] = int.CreateTruncating(nearest[lane]);
        }

        for (var i = 0; i < _count; i++)
            Count(i, _labels[i], 1);
    }

    /// <summary>
    /// The same after the centroids moved: points are passed over whose distance to their centroid is surely below that to any other.
    /// </summary>
    /// <returns>The number of points with another label.</returns>
    public int Reassign(CentroidTable<T> centroids, CentroidShifts<T> shifts)
    {
        var changed = 0;
        var slack = T.One + Slack;
        var largest = Vector256.Create(shifts.Largest * slack);
        Span<T> ofOwn = stackalloc T[Lanes];
        for (var start = 0; start < _labels.Length; start += Lanes)
        {
            for (var lane = 0; lane < Lanes; lane++)
                ofOwn[lane] = shifts.OfEach[_labels[start + lane]];
            var upper = (Vector256.LoadUnsafe(ref _upper[start]) + Vector256.LoadUnsafe(ref ofOwn[0]) * slack) * slack;
            var lower = Vector256.LoadUnsafe(ref _lower[start]) - largest;
            upper.StoreUnsafe(ref _upper[start]);
            lower.StoreUnsafe(ref _lower[start]);
            if (!Vector256.LessThanAll(upper, lower * (T.One - Slack)))
                changed += Relabel(start, Nearest(start, centroids));
        }

        return changed;
    }

    /// <summary>The sum of the squared distances of the points to the centroids of their labels, each times its weight.</summary>
    public double Inertia(CentroidTable<T> centroids)
    {
        var sum = 0.0;
        for (var i = 0; i < _count; i++)
            sum += Weight(i) * SquaredToOwn(i, centroids);
        return sum;
    }

    /// <summary>Some of the points, those farthest from the centroids of their labels.</summary>
    public IEnumerable<(T[] Point, double Distance)> Farthest(CentroidTable<T> centroids, int count)
        => Enumerable.Range(0, _count).Select(i => (i, Distance: SquaredToOwn(i, centroids))).OrderByDescending(f => f.Distance).Take(count)
            .Select(f => (Point(f.i), f.Distance)).ToArray();

    // More than rounding can add to a distance: a share of it.
    private T Slack => T.CreateTruncating(_dimensions + 16) * (T.BitIncrement(T.One) - T.One);

    // The nearest centroids of a group; sets the bounds of the distances to these and to all others.
    private Vector256<T> Nearest(int start, CentroidTable<T> centroids)
    {
        var (least, second, nearest) = (Vector256.Create(T.PositiveInfinity), Vector256.Create(T.PositiveInfinity), Vector256<T>.Zero);
        ref var values = ref _values[start * _dimensions];
        ref var first = ref MemoryMarshal.GetArrayDataReference(centroids.Padded);
        for (var j = 0; j < centroids.Count; j += CentroidTable<T>.Stride)
        {
            ref var c = ref Unsafe.Add(ref first, j * _dimensions);
            var (d0, d1, d2, d3) = (Vector256<T>.Zero, Vector256<T>.Zero, Vector256<T>.Zero, Vector256<T>.Zero);
            for (var d = 0; d < _dimensions; d++)
            {
                var x = Vector256.LoadUnsafe(ref values, (nuint)(d * Lanes));
                d0 = AddSquare(x - Vector256.Create(Unsafe.Add(ref c, d)), d0);
                d1 = AddSquare(x - Vector256.Create(Unsafe.Add(ref c, d + _dimensions)), d1);
                d2 = AddSquare(x - Vector256.Create(Unsafe.Add(ref c, d + 2 * _dimensions)), d2);
                d3 = AddSquare(x - Vector256.Create(Unsafe.Add(ref c, d + 3 * _dimensions)), d3);
            }

            Compare(d0, j, ref least, ref second, ref nearest);
            Compare(d1, j + 1, ref least, ref second, ref nearest);
            Compare(d2, j + 2, ref least, ref second, ref nearest);
            Compare(d3, j + 3, ref least, ref second, ref nearest);
        }

        var slack = Slack;
        (Vector256.Sqrt(least) * (T.One + slack)).StoreUnsafe(ref _upper[start]);
        (Vector256.Sqrt(second) * (T.One - slack)).StoreUnsafe(ref _lower[start]);
        return nearest;
    }

    private int Relabel(int start, Vector256<T> nearest)
    {
        var changed = 0;
        for (var lane = 0; lane < Lanes; lane++)
        {
            var (i, label) = (start + lane, int.CreateTruncating(nearest[lane]));
            if (i < _count && label != _labels[i])
            {
                Count(i, _labels[i], -1);
                Count(i, label, 1);
                changed++;
            }

            _labels[i] = label;
        }

        return changed;
    }

    // Adds a point to the sums of a cluster, or takes it off.
    private void Count(int i, int label, int sign)
    {
        Counts[label] += sign;
        var factor = sign * Weight(i);
        if (_weights.Length > 0)
            _weightsOfClusters[label] += factor;
        for (var d = 0; d < _dimensions; d++)
            Sums[label * _dimensions + d] += factor * double.CreateTruncating(_values[Place(i, d)]);
    }

    private double SquaredToOwn(int i, CentroidTable<T> centroids)
    {
        var row = centroids.Row(_labels[i]).AsSpan();
        var sum = 0.0;
        for (var d = 0; d < row.Length; d++)
        {
            var difference = double.CreateTruncating(_values[Place(i, d)]) - double.CreateTruncating(row[d]);
            sum += difference * difference;
        }

        return sum;
    }

    // The squared distances of a group to a point.
    private Vector256<T> Squared(int start, T[] point)
    {
        ref var values = ref _values[start * _dimensions];
        var sum = Vector256<T>.Zero;
        for (var d = 0; d < point.Length; d++)
            sum = AddSquare(Vector256.LoadUnsafe(ref values, (nuint)(d * Lanes)) - Vector256.Create(point[d]), sum);
        return sum;
    }

    // Before any seed the distances are infinite, for 1.
    private double Chance(int i) => T.IsInfinity(_distances[i]) ? Weight(i) : Weight(i) * double.CreateTruncating(_distances[i]);

    private double Weight(int i) => _weights.Length == 0 ? 1 : double.CreateTruncating(_weights[i]);

    // Values of a group, each times its weight.
    private Vector256<T> Weighted(Vector256<T> values, int start) => _weights.Length == 0 ? values : values * Vector256.LoadUnsafe(ref _weights[start]);

    private T[] Point(int i) => Enumerable.Range(0, _dimensions).Select(d => _values[Place(i, d)]).ToArray();

    private int Place(int i, int d) => (i / Lanes * _dimensions + d) * Lanes + i % Lanes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Compare(Vector256<T> distances, int j, ref Vector256<T> least, ref Vector256<T> second, ref Vector256<T> nearest)
    {
        second = Vector256.Min(second, Vector256.Max(least, distances));
        nearest = Vector256.ConditionalSelect(Vector256.LessThan(distances, least), Vector256.Create(T.CreateTruncating(j)), nearest);
        least = Vector256.Min(least, distances);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> AddSquare(Vector256<T> a, Vector256<T> sum) => typeof(T) == typeof(float)
        ? Vector256.FusedMultiplyAdd(a.AsSingle(), a.AsSingle(), sum.AsSingle()).As<float, T>()
        : Vector256.FusedMultiplyAdd(a.AsDouble(), a.AsDouble(), sum.AsDouble()).As<double, T>();
}
