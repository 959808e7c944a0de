namespace Benchmarks;

internal static class Statistics
{
    /// <summary>The middle value, the mean of the middle two of an even number.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>The smallest value that so large a share of the values does not exceed.</summary>
    public static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }

    /// <summary>b of y = a x^b, by least squares on logarithms. All values are above 0.</summary>
    public static double Exponent(IReadOnlyCollection<(double X, double Y)> points)
    {
        var (x, y) = (points.Average(p => Math.Log(p.X)), points.Average(p => Math.Log(p.Y)));
        return points.Sum(p => (Math.Log(p.X) - x) * (Math.Log(p.Y) - y)) / points.Sum(p => Math.Pow(Math.Log(p.X) - x, 2));
    }
}
