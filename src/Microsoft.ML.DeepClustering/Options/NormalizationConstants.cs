namespace Microsoft.ML.DeepClustering;

/// <summary>
/// The constants of batch normalisation (Ioffe and Szegedy 2015): ε, which is added to the variance of a batch, and the share of a batch in the means and
/// variances of all data, with which models score.
/// </summary>
public enum NormalizationConstants
{
    /// <summary>ε = 1e-5 and a share of 0.1, PyTorch's, so in the later code of Trosten et al. The means and variances of all data follow the data within some 50 steps.</summary>
    PyTorch,

    /// <summary>
    /// ε = 1e-3 and a share of 0.01, which Keras calls a momentum of 0.99, so in the code behind the figures of Trosten et al. 2021 and 2024. The means and variances of all
    /// data follow the data within some 500 steps; after fewer a model scores with ones that are not yet those of the data.
    /// </summary>
    Keras,
}
