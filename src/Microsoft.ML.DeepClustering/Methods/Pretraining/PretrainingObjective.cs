namespace Microsoft.ML.DeepClustering;

/// <summary>What an autoencoder learns before there are clusters.</summary>
public enum PretrainingObjective
{
    /// <summary>To reconstruct.</summary>
    Reconstruction,

    /// <summary>
    /// To reconstruct, and to decode mixtures of two embeddings so that a critic takes them for reconstructions; the critic in turn learns to
    /// estimate the shares of a mixture. Berthelot et al. 2019; Mrabah et al. 2020, Equations 1 and 2, but for the smaller share, which is drawn
    /// from 0 to 1/2, as Berthelot et al. have it, and not from 0 to 1. An epoch takes about 2.5 times as long.
    /// </summary>
    AdversarialInterpolation,
}
