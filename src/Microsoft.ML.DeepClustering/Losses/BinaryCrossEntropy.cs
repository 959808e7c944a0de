using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Losses;

/// <summary>
/// -Σ_j [x_j log p_j + (1 - x_j) log(1 - p_j)], p = σ(log-odds), summed over features, mean over the batch: the reconstruction term of a variational autoencoder with Bernoulli
/// outputs. Kingma and Welling 2014, Appendix C.1.
/// </summary>
internal static class BinaryCrossEntropy
{
    /// <summary>x (n, ...) in [0, 1], log-odds of as many values and weights (n) or null -> scalar.</summary>
    public static Tensor Compute(Tensor input, Tensor logOdds, Tensor? weights = null)
        => RowMean.Compute(nn.functional.binary_cross_entropy_with_logits(logOdds, input.reshape(logOdds.shape), reduction: nn.Reduction.None).flatten(1).sum(dim: 1L), weights);
}
