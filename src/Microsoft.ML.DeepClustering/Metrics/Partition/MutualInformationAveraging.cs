namespace Microsoft.ML.DeepClustering;

/// <summary>The mean of the classes' and the clusters' entropy that normalises their mutual information.</summary>
public enum MutualInformationAveraging
{
    /// <summary>
    /// 2 I / (H(class) + H(cluster)): Roy, <i>An approach towards learning K-means-friendly deep latent representation</i>, Eq. 13;
    /// Mrabah et al., <i>Deep clustering with a dynamic autoencoder</i>, Eq. 16. The default.
    /// </summary>
    Arithmetic = 0,

    /// <summary>
    /// I / √(H(class) H(cluster)), which the code of Trosten et al.,
    /// <i>Leveraging tensor kernels to reduce objective function mismatch in deep clustering</i>, takes. Never below the arithmetic one.
    /// </summary>
    Geometric = 1,
}
