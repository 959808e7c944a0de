using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Losses;

/// <summary>
/// -1/n Σ_i Σ_j q_ij log p_ij, p = softmax of the logits, mean over the batch: KL(Q || P) but for the entropy of Q. The clustering loss of DEPICT: Ghasedi Dizaji, Herandi, Deng, Cai
/// and Huang, ICCV 2017, in the form of the authors' code.
/// </summary>
internal static class SoftmaxCrossEntropy
{
    /// <summary>Q (n, k), rows that sum to 1, logits (n, k) and weights (n) or null -> scalar.</summary>
    public static Tensor Compute(Tensor target, Tensor logits, Tensor? weights = null)
        => RowMean.Compute((target * nn.functional.log_softmax(logits, 1)).sum(dim: 1L).neg(), weights);
}
