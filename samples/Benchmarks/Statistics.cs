namespace Microsoft.ML.DeepClustering.Benchmarks;

internal static class Statistics
{
    /// <summary>The middle value, the upper one of two.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
