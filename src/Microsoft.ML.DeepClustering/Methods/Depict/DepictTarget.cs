namespace Microsoft.ML.DeepClustering;

/// <summary>What DEPICT draws its probabilities p to. f_c is the sum of the probabilities of cluster c over all rows.</summary>
public enum DepictTarget
{
    /// <summary>q ∝ p² / f: sharper than p, and without a pull to large clusters; DEC's target. The authors' code.</summary>
    Squared,

    /// <summary>q ∝ p / √f: p with more for the clusters that have little. The paper.</summary>
    Balanced,
}
