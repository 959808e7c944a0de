namespace Microsoft.ML.Trainers;

/// <summary>The first centroids.</summary>
internal static class Initialization
{
    private const int Rounds = 5;

    public static Centroids Start(KMeansTrainer.InitializationAlgorithm algorithm, Points points, int count, Random random, ParallelOptions parallel)
        => algorithm switch
        {
            KMeansTrainer.InitializationAlgorithm.Random => Evenly(points, count, random),
            KMeansTrainer.InitializationAlgorithm.KMeansPlusPlus => PlusPlus(points, count, random, parallel),
            _ => InRounds(points, count, random, parallel),
        };

    private static Centroids Evenly(Points points, int count, Random random)
        => Centroids.Of(Enumerable.Range(0, points.Count).OrderBy(_ => random.Next()).Take(count).Select(i => points[i]).ToArray());

    /// <summary>Arthur and Vassilvitskii, k-means++: the advantages of careful seeding (SODA 2007).</summary>
    private static Centroids PlusPlus(Points points, int count, Random random, ParallelOptions parallel)
    {
        var nearest = new NearestDistances(points, parallel);
        var chosen = new List<float[]>();
        while (chosen.Count < count)
        {
            var row = points[nearest.Draw(random)];
            chosen.Add(row);
            nearest.Add([row]);
        }

        return Centroids.Of(chosen);
    }

    /// <summary>Bahmani et al., Scalable k-means++ (VLDB 2012): about 2k rows a round, weighted by the rows nearest to them, reduced by k-means++.</summary>
    private static Centroids InRounds(Points points, int count, Random random, ParallelOptions parallel)
    {
        var nearest = new NearestDistances(points, parallel);
        var candidates = new List<float[]> { points[nearest.Draw(random)] };
        nearest.Add(candidates);
        for (var round = 0; round < Rounds; round++)
        {
            var drawn = nearest.DrawAbout(2 * count, random).Select(i => points[i]).ToArray();
            candidates.AddRange(drawn);
            nearest.Add(drawn);
        }

        if (candidates.Count <= count)
            return PlusPlus(points, count, random, parallel);
        var weights = new float[candidates.Count];
        for (var i = 0; i < points.Count; i++)
            weights[nearest.IndexOfNearest(i)] += points.Weight(i);
        var reduced = new Points(points.Size);
        for (var i = 0; i < weights.Length; i++)
            reduced.Add(candidates[i], weights[i]);
        return PlusPlus(reduced, count, random, parallel);
    }
}
