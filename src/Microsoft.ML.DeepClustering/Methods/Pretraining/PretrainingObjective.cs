namespace Microsoft.ML.DeepClustering;

/// <summary>What an autoencoder learns before there are clusters.</summary>
public enum PretrainingObjective
{
    /// <summary>To reconstruct.</summary>
    Reconstruction,

    /// <summary>
    /// To reconstruct, and to decode mixtures of two embeddings to what a critic cannot tell from reconstructions; the critic learns to tell the
    /// shares of the mixture in turn. Berthelot et al. 2019; Mrabah et al. 2020, Equations 1 and 2. An epoch takes about 2.5 times as long.
    /// </summary>
    AdversarialInterpolation,
}
