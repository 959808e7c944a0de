namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>Sums over the rows of a cluster.</summary>
internal sealed class ClusterSums
{
    private (double Sum, long Rows) _distances;
    private (double Sum, long Rows) _probabilities;

    /// <summary>The mean distance of its rows; NaN where none has one.</summary>
    public double MeanDistance => _distances.Sum / _distances.Rows;

    /// <summary>The mean probability of its rows; NaN where none has one.</summary>
    public double MeanProbability => _probabilities.Sum / _probabilities.Rows;

    /// <summary>Adds a row; what is not finite is left out.</summary>
    public void Add(float distance, float probability)
    {
        if (float.IsFinite(distance))
            _distances = (_distances.Sum + distance, _distances.Rows + 1);
        if (float.IsFinite(probability))
            _probabilities = (_probabilities.Sum + probability, _probabilities.Rows + 1);
    }
}
