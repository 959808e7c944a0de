using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Tests.StandIns;

/// <summary>Three clouds of points in the plane that lie far apart.</summary>
internal static class KMeansBlobs
{
    private static readonly (float X, float Y)[] Centers = [(0, 0), (20, 0), (0, 20)];

    public static List<Point> Make(int rowsPerBlob)
    {
        var random = new Random(3);
        return Enumerable.Range(0, Centers.Length * rowsPerBlob)
            .Select(i => new Point
            {
                Id = i,
                Group = i / 10,
                Label = i % Centers.Length,
                Features = [Centers[i % Centers.Length].X + random.NextSingle(), Centers[i % Centers.Length].Y + random.NextSingle()],
            })
            .ToList();
    }

    /// <summary>The sum of squared distances to the means of the clouds: the least that three centroids can have.</summary>
    public static double LeastInertia(IReadOnlyList<Point> points)
        => points.GroupBy(point => point.Label).Sum(blob =>
        {
            var x = blob.Average(point => point.Features[0]);
            var y = blob.Average(point => point.Features[1]);
            return blob.Sum(point => Math.Pow(point.Features[0] - x, 2) + Math.Pow(point.Features[1] - y, 2));
        });

    internal sealed class Point
    {
        public float Id { get; set; }

        public float Group { get; set; }

        public float Label { get; set; }

        public float Weight { get; set; } = 1;

        [VectorType(2)]
        public float[] Features { get; set; } = [];
    }
}
