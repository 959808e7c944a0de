namespace Benchmarks;

/// <summary>A fit of k-means.</summary>
/// <param name="Seconds">Of the clock.</param>
/// <param name="ProcessorSeconds">Of all threads.</param>
/// <param name="Inertia">Of the clustering found.</param>
internal sealed record KMeansTime(double Seconds, double ProcessorSeconds, double Inertia);
