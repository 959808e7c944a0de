namespace Microsoft.ML.Data;

/// <summary>Measures of a clustering.</summary>
public sealed class ClusteringMetrics
{
    internal ClusteringMetrics(double normalizedMutualInformation, double averageDistance, double daviesBouldinIndex)
    {
        NormalizedMutualInformation = normalizedMutualInformation;
        AverageDistance = averageDistance;
        DaviesBouldinIndex = daviesBouldinIndex;
    }

    /// <summary>I(label; cluster) / H(label); NaN without a label.</summary>
    public double NormalizedMutualInformation { get; }

    /// <summary>The mean of the rows' smallest scores.</summary>
    public double AverageDistance { get; }

    /// <summary>The mean over the clusters of their worst ratio of scatter to separation; 0 without a feature column.</summary>
    public double DaviesBouldinIndex { get; }
}
