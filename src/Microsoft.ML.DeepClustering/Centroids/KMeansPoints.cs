using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Centroids;

/// <summary>The steps of k-means on n points less their mean, where they lie: on the processor or on another device. Tensors are on the points' device.</summary>
internal abstract class KMeansPoints
{
    /// <summary>Lloyd's iterations end after so many at the latest, as in scikit-learn.</summary>
    protected const int MaximumIterations = 300;

    /// <summary>The points for their device: vector instructions on a processor, matrix products on a GPU.</summary>
    /// <param name="points">(n, p).</param>
    /// <param name="mean">(p), taken off them.</param>
    /// <param name="weights">(n), above 0, or null for 1.</param>
    public static KMeansPoints Create(Tensor points, Tensor mean, Tensor? weights = null) => (points.device_type, points.dtype) switch
    {
        (DeviceType.CPU, ScalarType.Float32) => new ProcessorPoints<float>(points, mean, weights),
        (DeviceType.CPU, ScalarType.Float64) => new ProcessorPoints<double>(points, mean, weights),
        _ => new DevicePoints(points - mean, weights?.to(points.dtype)),
    };

    /// <summary>
    /// k-means++: each next centroid is a point drawn with a probability proportional to its weight and its squared distance from those drawn before.
    /// Arthur and Vassilvitskii, SODA 2007, Section 2.2, and the greedy form of its Section 6: of several candidates the one that leaves the
    /// lowest inertia. Equal points may be drawn twice when there are fewer than k different ones.
    /// </summary>
    /// <returns>(k, p), some of the points.</returns>
    public abstract Tensor Seeds(int clusters, Generator generator);

    /// <summary>
    /// Lloyd's iterations until no label changes, and one more where a cluster was refilled in the last. A cluster without points gets one of the points farthest from their centroids.
    /// </summary>
    /// <param name="start">(k, p).</param>
    /// <param name="cancellation">Honoured within one iteration.</param>
    public abstract KMeansResult Lloyd(Tensor start, CancellationToken cancellation);

    /// <summary>The nearest of (k, p) centroids to each point, (n) of int64.</summary>
    public abstract Tensor Labels(Tensor centroids);

    /// <summary>
    /// How many iterations without a change of labels end the others. An empty cluster may get a point that is alone in its cluster already, and no label changes; the next
    /// iteration then takes another point.
    /// </summary>
    /// <param name="isRefilled">Whether the last iteration gave an empty cluster a point.</param>
    protected static int IterationsToSettle(bool isRefilled) => isRefilled ? 2 : 1;

    /// <summary>The number of candidates for each seed but the first, scikit-learn's.</summary>
    protected static int Candidates(int clusters) => 2 + (int)Math.Log(clusters);

    /// <summary>Numbers from U(0, 1), float64, on the CPU.</summary>
    protected static Tensor Uniform(int count, Generator generator)
        => rand(new long[] { count }, dtype: ScalarType.Float64, device: CPU, generator: generator);
}
