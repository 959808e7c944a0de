using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Metrics.Embedding;

/// <summary>
/// Count, mean and scatter of the points of each cluster in float64, gathered block by block: within a block about the block's own
/// means, then merged (Chan, Golub and LeVeque, <i>Algorithms for computing the sample variance</i>, The American Statistician 37, 1983).
/// Points far from the origin lose no digits: everything is relative to the mean of the first block.
/// </summary>
internal sealed class ClusterMoments : IDisposable
{
    // The share of the points' extent below which a distance is rounding.
    private const double Rounding = 1e-12;

    private Tensor? _origin;
    private Tensor? _counts;
    private Tensor? _means;
    private Tensor? _scatters;
    private double _extent;

    /// <summary>(k) points of each cluster.</summary>
    public Tensor Counts => Present(_counts);

    /// <summary>(k, p) means, relative to the origin of <see cref="Centre"/>; 0 for a cluster without points.</summary>
    public Tensor Means => Present(_means);

    /// <summary>(k) sums of the squared distances of the points from the mean of their cluster.</summary>
    public Tensor Scatters => Present(_scatters);

    /// <summary>Distances up to here are rounding errors of points that coincide.</summary>
    public double Tolerance => Rounding * _extent;

    /// <summary>
    /// Whether the indices of Caliński and Harabasz and of Davies and Bouldin are defined: at least two clusters have points, and there are more points than such clusters.
    /// </summary>
    public bool AreDefined => Sizes() is var (points, clusters) && clusters >= 2 && clusters < points;

    /// <summary>Adds a block of one or more points.</summary>
    /// <param name="points">(n, p) of any floating type and device.</param>
    /// <param name="clusters">(n) of Int64, 0 to k - 1.</param>
    /// <param name="numberOfClusters">k; it may grow from block to block.</param>
    public void Add(Tensor points, Tensor clusters, long numberOfClusters)
    {
        using var session = TorchSession.WithoutGradients();
        Reserve(points, numberOfClusters);
        var centred = Centre(points);
        var counts = bincount(clusters, minlength: Counts.shape[0]).to(ScalarType.Float64);
        var means = zeros_like(Means).AddRows(clusters, centred) / counts.AtLeast(1).unsqueeze(1);
        var squares = (centred - means.index_select(0, clusters)).Squared().sum(dim: 1L);
        var scatters = zeros_like(Scatters).AddRows(clusters, squares);

        var difference = means - Means;
        var share = counts / Counts.Plus(counts).AtLeast(1);
        Scatters.Add(scatters.Plus(difference.Squared().sum(dim: 1L) * Counts * share));
        Means.Add(difference * share.unsqueeze(1));
        Counts.Add(counts);
        _extent = Math.Max(_extent, centred.abs().max().item<double>());
    }

    /// <summary>(n, p) points -> the same in float64, relative to the mean of the first block.</summary>
    public Tensor Centre(Tensor points) => points.to(ScalarType.Float64) - Present(_origin);

    /// <summary>The number of points, and of clusters that have some; 0 and 0 before the first block.</summary>
    public (double Points, double Clusters) Sizes()
    {
        if (_counts is null)
            return default;
        using var session = TorchSession.WithoutGradients();
        return (_counts.sum().item<double>(), _counts.IsAbove(0).sum(ScalarType.Float64).item<double>());
    }

    public void Dispose()
    {
        _origin?.Dispose();
        _counts?.Dispose();
        _means?.Dispose();
        _scatters?.Dispose();
    }

    /// <summary>Makes room for k clusters; the first call fixes the origin.</summary>
    private void Reserve(Tensor points, long clusters)
    {
        _origin ??= points.to(ScalarType.Float64).mean(new[] { 0L }).DetachFromDisposeScope();
        var missing = clusters - (_counts?.shape[0] ?? 0);
        if (missing <= 0)
            return;
        _counts = Longer(_counts, zeros(new[] { missing }, dtype: ScalarType.Float64, device: points.device));
        _means = Longer(_means, zeros(new[] { missing, points.shape[1] }, dtype: ScalarType.Float64, device: points.device));
        _scatters = Longer(_scatters, zeros(new[] { missing }, dtype: ScalarType.Float64, device: points.device));
    }

    private static Tensor Present(Tensor? tensor) => tensor ?? throw new InvalidOperationException("There are no moments before a block of points is added.");

    private static Tensor Longer(Tensor? tensor, Tensor more)
    {
        using (tensor)
            return (tensor is null ? more : cat(new[] { tensor, more }, 0)).DetachFromDisposeScope();
    }
}
