using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Metrics.Embedding;

/// <summary>
/// Measures of clusters that need no classes: how compact and how far apart they are in an embedding. All take Euclidean distances in
/// float64, block by block, and follow scikit-learn: NaN, where it raises an error, with fewer than two clusters or as many as points.
/// Numbers of clusters without points are skipped. An embedding that is not finite gives NaN.
/// </summary>
internal static class EmbeddingMeasures
{
    /// <summary>The default of the most points that a silhouette is taken over: the time grows with their square.</summary>
    public const int DefaultSampleSize = 4000;

    // Values a block; 32 MiB.
    private const long ValuesPerBlock = 4 << 20;

    // Up to so many values a point the differences themselves are as fast as a product.
    private const long FewValues = 16;

    // Distances by products are wrong by up to 1e-7 of the points' radius, where points all but coincide. The silhouettes are right to 1e-6
    // all the same if max(a, b) is at least this share of the radius.
    private const double ShareForProducts = 0.1;

    /// <summary>
    /// The mean silhouette, -1 to 1: (b - a) / max(a, b) of a point, a its mean distance to the other points of its cluster and b that to
    /// the points of the nearest other cluster; 0 for a point alone in its cluster. O(n² p).
    /// Rousseeuw, <i>Silhouettes: a graphical aid to the interpretation and validation of cluster analysis</i>, J. Comput. Appl. Math. 20, 1987.
    /// </summary>
    /// <param name="embeddings">(n, p) of Float32 or Float64, on any device.</param>
    /// <param name="clusters">(n) of Int64, 0 to k - 1, on the same device.</param>
    /// <param name="numberOfClusters">k.</param>
    public static double Silhouette(Tensor embeddings, Tensor clusters, int numberOfClusters)
    {
        using var session = TorchSession.WithoutGradients();
        var (numbers, counts) = Renumber(clusters, numberOfClusters);
        var (points, present) = (embeddings.shape[0], counts.shape[0]);
        if (present < 2 || present == points)
            return double.NaN;
        var values = embeddings.to(ScalarType.Float64);
        var byProducts = values.shape[1] > FewValues;
        var centred = byProducts ? values - values.mean(new[] { 0L }) : values;
        var radius = centred.Squared().sum(dim: 1L).max().sqrt().item<double>();
        var length = Math.Clamp(ValuesPerBlock / points, 1, points);
        var sum = 0.0;
        for (var start = 0L; start < points; start += length)
        {
            using var inner = NewDisposeScope();
            var rows = Math.Min(length, points - start);
            var own = numbers.narrow(0, start, rows);
            var distances = byProducts ? DistancesByProducts(centred, start, rows) : Distances(values, start, rows);
            var (silhouettes, larger) = Silhouettes(distances, numbers, own, counts);
            if (byProducts && !(larger.min().item<double>() >= ShareForProducts * radius))
                (silhouettes, _) = Silhouettes(Distances(values, start, rows), numbers, own, counts);
            sum += silhouettes.sum().item<double>();
        }

        return sum / points;
    }

    /// <summary>
    /// <see cref="Silhouette"/> of all points if there are at most <paramref name="mostPoints"/>, else within a sample of so many, drawn
    /// without replacement by <see cref="RowReservoir"/>.
    /// </summary>
    /// <param name="embeddings">(n, p) of Float32 or Float64, on any device.</param>
    /// <param name="clusters">(n) of Int64, 0 to k - 1, on the same device.</param>
    /// <param name="numberOfClusters">k.</param>
    /// <param name="seed">The same seed draws the same rows of data of the same length.</param>
    /// <param name="mostPoints">The most points of a sample, 0 or more.</param>
    public static double SilhouetteSample(
        Tensor embeddings, Tensor clusters, int numberOfClusters, int seed, int mostPoints = DefaultSampleSize)
    {
        if (embeddings.shape[0] <= mostPoints)
            return Silhouette(embeddings, clusters, numberOfClusters);
        using var session = TorchSession.WithoutGradients();
        var rows = tensor(RowReservoir.Draw(embeddings.shape[0], mostPoints, seed), dtype: ScalarType.Int64, device: CPU).to(embeddings.device);
        return Silhouette(embeddings.index_select(0, rows), clusters.index_select(0, rows), numberOfClusters);
    }

    /// <summary>
    /// The Davies-Bouldin index, 0 or more, lower is better: over the clusters the mean of the worst (s + s') / d with another cluster, s
    /// the mean distance of a cluster's points from their mean and d the distance of the two means. Clusters whose means coincide are not
    /// compared; 0 when all do. Davies and Bouldin, <i>A cluster separation measure</i>, IEEE Trans. PAMI 1, 1979.
    /// </summary>
    /// <param name="embeddings">(n, p) of Float32 or Float64, on any device.</param>
    /// <param name="clusters">(n) of Int64, 0 to k - 1, on the same device.</param>
    /// <param name="numberOfClusters">k.</param>
    public static double DaviesBouldin(Tensor embeddings, Tensor clusters, int numberOfClusters)
    {
        using var moments = Moments(embeddings, clusters, numberOfClusters);
        return DaviesBouldin(embeddings, clusters, moments);
    }

    /// <summary>
    /// The Calinski-Harabasz index, 0 or more, higher is better: the scatter between the clusters' means by that within the clusters, each
    /// by its degrees of freedom, (B / (k - 1)) / (W / (n - k)); 1 when W is 0.
    /// Caliński and Harabasz, <i>A dendrite method for cluster analysis</i>, Communications in Statistics 3, 1974.
    /// </summary>
    /// <param name="embeddings">(n, p) of Float32 or Float64, on any device.</param>
    /// <param name="clusters">(n) of Int64, 0 to k - 1, on the same device.</param>
    /// <param name="numberOfClusters">k.</param>
    public static double CalinskiHarabasz(Tensor embeddings, Tensor clusters, int numberOfClusters)
    {
        using var moments = Moments(embeddings, clusters, numberOfClusters);
        return moments.CalinskiHarabasz();
    }

    /// <summary>All three; the silhouette as in <see cref="SilhouetteSample"/>.</summary>
    /// <param name="embeddings">(n, p) of Float32 or Float64, on any device.</param>
    /// <param name="clusters">(n) of Int64, 0 to k - 1, on the same device.</param>
    /// <param name="numberOfClusters">k.</param>
    /// <param name="seed">The seed of the silhouette's sample.</param>
    /// <param name="mostPoints">The most points of that sample, 0 or more.</param>
    public static (double Silhouette, double DaviesBouldin, double CalinskiHarabasz) All(
        Tensor embeddings, Tensor clusters, int numberOfClusters, int seed, int mostPoints = DefaultSampleSize)
    {
        using var moments = Moments(embeddings, clusters, numberOfClusters);
        return (
            SilhouetteSample(embeddings, clusters, numberOfClusters, seed, mostPoints),
            DaviesBouldin(embeddings, clusters, moments),
            moments.CalinskiHarabasz());
    }

    private static double DaviesBouldin(Tensor embeddings, Tensor clusters, ClusterMoments moments)
    {
        if (!moments.AreDefined)
            return double.NaN;
        using var spread = new ClusterSpread(moments);
        ForEachBlock(embeddings, clusters, spread.Add);
        return spread.DaviesBouldin();
    }

    /// <summary>(n, p) points -> (n, b) distances to b of them, from the differences.</summary>
    private static Tensor Distances(Tensor points, long start, long rows)
        => cdist(points, points.narrow(0, start, rows), 2.0, compute_mode.donot_use_mm_for_euclid_dist);

    /// <summary>The same by one matrix product; the points are centred, which spares digits.</summary>
    private static Tensor DistancesByProducts(Tensor points, long start, long rows)
    {
        var distances = CentroidDistance.SquaredByProducts(points, points.narrow(0, start, rows)).sqrt();
        distances.narrow(0, start, rows).diagonal(0L, 0L, 1L).zero_();
        return distances;
    }

    /// <summary>
    /// (n, b) distances, (n) clusters of all points and (b) of the block's, (k) points of each cluster -> (b) silhouettes, and max(a, b).
    /// </summary>
    private static (Tensor Silhouettes, Tensor Larger) Silhouettes(Tensor distances, Tensor clusters, Tensor own, Tensor counts)
    {
        var sums = zeros(new[] { counts.shape[0], own.shape[0] }, dtype: ScalarType.Float64, device: own.device)
            .AddRows(clusters, distances); // (k, b)
        var others = counts.index_select(0, own).Minus(1);
        var within = sums.gather(0, own.unsqueeze(0)).flatten() / others.AtLeast(1);
        var isOwn = Arithmetic.Numbers(counts.shape[0], own.device).unsqueeze(1).eq(own.unsqueeze(0)); // (k, b)
        var nearest = (sums / counts.unsqueeze(1)).With(isOwn, double.PositiveInfinity).amin(new[] { 0L });
        var larger = maximum(within, nearest);
        return (((nearest - within) / larger).With(others.Is(0).logical_or(larger.Is(0)), 0), larger);
    }

    /// <summary>(n) clusters with gaps -> (n) without, and the points of each cluster in float64.</summary>
    private static (Tensor Numbers, Tensor Counts) Renumber(Tensor clusters, int numberOfClusters)
    {
        var counts = bincount(clusters, minlength: numberOfClusters);
        var present = counts.IsAbove(0);
        var numbers = present.to(ScalarType.Int64).cumsum(0).Minus(1);
        return (numbers.index_select(0, clusters), counts.index_select(0, present.nonzero().flatten()).to(ScalarType.Float64));
    }

    private static ClusterMoments Moments(Tensor embeddings, Tensor clusters, int numberOfClusters)
    {
        var moments = new ClusterMoments();
        ForEachBlock(embeddings, clusters, (points, numbers) => moments.Add(points, numbers, numberOfClusters));
        return moments;
    }

    private static void ForEachBlock(Tensor embeddings, Tensor clusters, Action<Tensor, Tensor> action)
    {
        var length = Math.Max(1, ValuesPerBlock / Math.Max(1, embeddings.shape[1]));
        for (var start = 0L; start < embeddings.shape[0]; start += length)
        {
            using var scope = NewDisposeScope();
            var rows = Math.Min(length, embeddings.shape[0] - start);
            action(embeddings.narrow(0, start, rows), clusters.narrow(0, start, rows));
        }
    }
}
