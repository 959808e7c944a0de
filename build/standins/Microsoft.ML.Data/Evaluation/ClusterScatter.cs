namespace Microsoft.ML.Data;

/// <summary>Centroids of the clusters in the feature space, and the rows' Euclidean distances to their own.</summary>
internal sealed class ClusterScatter(int clusterCount, int featureCount)
{
    private readonly double[][] _centroids = Enumerable.Range(0, clusterCount).Select(_ => new double[featureCount]).ToArray();
    private readonly double[] _distances = new double[clusterCount];
    private readonly long[] _sizes = new long[clusterCount];

    public void AddToCentroid(int cluster, float[] features)
    {
        _sizes[cluster]++;
        var sum = _centroids[cluster];
        for (var i = 0; i < sum.Length; i++)
            sum[i] += features[i];
    }

    public void FinishCentroids()
    {
        for (var cluster = 0; cluster < clusterCount; cluster++)
        {
            for (var i = 0; _sizes[cluster] > 0 && i < featureCount; i++)
                _centroids[cluster][i] /= _sizes[cluster];
        }
    }

    public void AddDistance(int cluster, float[] features)
    {
        var sum = 0.0;
        for (var i = 0; i < features.Length; i++)
        {
            var difference = features[i] - _centroids[cluster][i];
            sum += difference * difference;
        }

        _distances[cluster] += Math.Sqrt(sum);
    }

    /// <summary>Davies and Bouldin (1979): the mean of max (s_i + s_j) / d_ij. Empty clusters add nothing but count in the mean.</summary>
    public double DaviesBouldinIndex()
    {
        var total = 0.0;
        for (var i = 0; i < clusterCount; i++)
        {
            var worst = 0.0;
            for (var j = 0; j < clusterCount; j++)
            {
                if (i != j && _sizes[i] > 0 && _sizes[j] > 0)
                    worst = Math.Max(worst, (Scatter(i) + Scatter(j)) / Distance(_centroids[i], _centroids[j]));
            }

            total += worst;
        }

        return total / clusterCount;
    }

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());

    private double Scatter(int cluster) => _distances[cluster] / _sizes[cluster];
}
