using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Selection;

/// <summary>Round clusters of different spreads and sizes in [0, 1]^d, their centres at least six standard deviations of the widest apart.</summary>
internal static class ClusterBlobs
{
    private const double Distance = 6;

    public static TestRow[] Make(int clusters, int dimensions, int rows = 240, int seed = 1)
    {
        var random = new Random(seed);
        var centres = Centres(clusters, dimensions, random);
        var points = Enumerable.Range(0, rows).Select(i =>
        {
            // A third of each cluster's rows goes to one of the lower half instead.
            var cluster = random.Next(3) == 0 ? i % clusters / 2 : i % clusters;
            var spread = cluster % 2 == 1 ? 0.5 : 1;
            return (Cluster: cluster, Values: centres[cluster].Select(c => c + spread * Normal(random)).ToArray());
        }).ToArray();
        var (low, high) = (points.Min(p => p.Values.Min()), points.Max(p => p.Values.Max()));
        return Array.ConvertAll(points, p => new TestRow
        {
            Features = Array.ConvertAll(p.Values, v => (float)((v - low) / (high - low))), Label = p.Cluster,
        });
    }

    public static IDataView View(MLContext ml, TestRow[] rows) => TestRows.View(ml, rows, images: false);

    private static List<double[]> Centres(int clusters, int dimensions, Random random)
    {
        var centres = new List<double[]>();
        for (var side = Distance; centres.Count < clusters; side *= 1.01)
        {
            var centre = Enumerable.Range(0, dimensions).Select(_ => side * random.NextDouble()).ToArray();
            if (centres.All(c => Math.Sqrt(c.Zip(centre, (a, b) => (a - b) * (a - b)).Sum()) >= Distance))
                centres.Add(centre);
        }

        return centres;
    }

    // Box and Muller.
    private static double Normal(Random random)
        => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
