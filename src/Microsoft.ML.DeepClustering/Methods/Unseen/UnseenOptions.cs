using System.Text.Json.Serialization;
using Microsoft.ML.DeepClustering.Options;

namespace Microsoft.ML.DeepClustering;

/// <summary>
/// UNSEEN, an unknown number of clusters: Leiber, Strauß, Schubert and Seidl, "Dying clusters is all you need: deep clustering with an unknown number of clusters", ICDMW 2024
/// (arXiv 2410.09491). Training begins with <see cref="DeepClusteringOptions.NumberOfClusters"/>, the upper bound. A loss draws rows to their nearest neighbours, so that clusters
/// lose rows to others; after every epoch those die that have too few left. The fitted model has as many clusters as are left, at least two.
/// </summary>
/// <remarks>
/// Where clusters have died, k-means places those that are left once more when training ends, after the last record of the history, whose measures are those before it.
/// A cluster that has no rows from the start dies after the first epoch. After a break of <see cref="BrbOptions"/> the clusters are others, and the reference sizes are their sizes then.
/// Losses of runs with different numbers of clusters do not compare: with <see cref="DeepClusteringOptions.NumberOfRuns"/> take <see cref="RunCriterion.Agreement"/>.
/// </remarks>
public sealed record UnseenOptions
{
    internal const int FewestClusters = 2;

    /// <summary>t, 0 to below 1: a cluster dies when it has less than this share of its reference size, that at the start of the clustering, which grows by the rows of the dead that go to it. With 0 none dies. Default: 0.5.</summary>
    public double DeathThreshold { get; init; } = 0.5;

    /// <summary>
    /// The weight of the loss of nearest neighbours beside the method's clustering loss, 0 or more; it has that loss's own weight besides. Default: 1.
    /// </summary>
    public double NeighborWeight { get; init; } = 1;

    /// <summary>
    /// Whether the centroids of <see cref="DecOptions"/> and <see cref="DeepKMeansOptions"/> stay where they are once a cluster has died, as in the code of Leiber et al., whose optimiser
    /// loses them then. There it cannot be true where Brb.Reclusters or Reinitialization places the centroids anew. Those of <see cref="DcnOptions"/> are means of rows and move on. Default: false.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool FixesCentroids { get; init; }

    internal void Validate(OptionFaults faults, string option)
    {
        faults.Require(DeathThreshold is >= 0 and < 1, $"{option}.{nameof(DeathThreshold)}", DeathThreshold, "0 to below 1");
        faults.NotNegative(NeighborWeight, $"{option}.{nameof(NeighborWeight)}");
    }

    /// <summary>Refuses centroids that stay beside an option that moves them.</summary>
    /// <param name="faults">Takes the fault.</param>
    /// <param name="movingOption">Its name.</param>
    /// <param name="moves">Whether it does so.</param>
    internal void RequireMovable(OptionFaults faults, string movingOption, bool moves)
        => faults.Require(!FixesCentroids || !moves, $"Unseen.{nameof(FixesCentroids)}", FixesCentroids, $"false where {movingOption} places the centroids anew");
}
