namespace Microsoft.ML.DeepClustering;

/// <summary>
/// How the width σ of a Gaussian kernel follows from the squared pairwise distances d² of a batch.
/// The median is over the whole n x n matrix with its zero diagonal; no gradient flows through σ; σ² is at least 1e-9.
/// </summary>
public enum BandwidthRule
{
    /// <summary>σ² = 0.15 · median(d²), as the authors' code computes it.</summary>
    MedianOfSquaredDistances,

    /// <summary>σ = 0.15 · median(d), as the papers write it: Trosten et al. 2021 and 2024, after Jenssen 2010.</summary>
    MedianOfDistances,
}
