namespace Microsoft.ML.Data;

/// <summary>How many rows of each class are in each cluster, and the sum of the rows' distances.</summary>
internal sealed class LabelClusterCounts(int clusterCount)
{
    private readonly List<double[]> _counts = [];
    private double _distances;
    private double _total;

    public double AverageDistance => _distances / _total;

    public void Add(int label, int cluster, float distance)
    {
        while (_counts.Count <= label)
            _counts.Add(new double[clusterCount]);
        _counts[label][cluster]++;
        _distances += distance;
        _total++;
    }

    /// <summary>I(label; cluster) / H(label): the share of the label that the cluster tells. Not symmetric.</summary>
    public double MutualInformationPerLabelEntropy()
    {
        var clusters = new double[clusterCount];
        foreach (var row in _counts)
        {
            for (var j = 0; j < clusterCount; j++)
                clusters[j] += row[j];
        }

        var information = 0.0;
        var entropy = 0.0;
        foreach (var row in _counts)
        {
            var ofLabel = row.Sum();
            if (ofLabel == 0)
                continue;
            entropy -= ofLabel / _total * Math.Log(ofLabel / _total);
            for (var j = 0; j < clusterCount; j++)
            {
                if (row[j] > 0)
                    information += row[j] / _total * Math.Log(row[j] * _total / (ofLabel * clusters[j]));
            }
        }

        return information / entropy;
    }
}
