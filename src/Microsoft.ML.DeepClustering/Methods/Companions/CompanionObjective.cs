using Microsoft.ML.DeepClustering.Kernels;
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.Companions;

/// <summary>
/// The unsupervised companion objective: L_UCO = λ Σ_l ω(l) D(A, K_l) over the outputs of the network's blocks, so that
/// earlier blocks already see the clusters. Trosten et al. 2021; Trosten et al. 2024, Equation 3.
/// </summary>
internal sealed class CompanionObjective(CompanionOptions options)
{
    /// <summary>One term a block, named companion/1, companion/2, ..., weighted.</summary>
    /// <param name="terms">Where the terms go.</param>
    /// <param name="assignments">A, (n, k). Gradient flows into it too.</param>
    /// <param name="blocks">The outputs y^1 ... y^B, each (n, ...).</param>
    /// <param name="weights">Of the rows, (n), or null.</param>
    public void AddTo(LossTerms terms, Tensor assignments, IReadOnlyList<Tensor> blocks, Tensor? weights = null)
    {
        for (var l = 1; l <= blocks.Count; l++)
        {
            var divergence = CauchySchwarzDivergence.Compute(assignments, KernelOf(blocks[l - 1]), weights);
            terms.AddAuxiliary($"companion/{l}", options.Weight, divergence.Times(BlockWeight(options.Weighting, l, blocks.Count)));
        }
    }

    /// <summary>ω(l), l = 1..B.</summary>
    internal static double BlockWeight(CompanionWeighting weighting, int block, int blocks) => weighting switch
    {
        CompanionWeighting.Linear => (double)block / blocks,
        CompanionWeighting.Exponential => Math.Pow(10, block - blocks),
        _ => 1,
    };

    // K_l, (n, n). Where the network's layers compute in bfloat16, the products of the bases do too.
    private Tensor KernelOf(Tensor block)
    {
        var values = block.Widened();
        var distances = options.Kernel == CompanionKernel.Naive
            ? EuclideanDistance.SquaredPairwise(values, options.DistanceGradient)
            : GrassmannDistance.SquaredPairwise(values, options.Grassmann, inBFloat16: block.dtype == ScalarType.BFloat16);
        return GaussianKernel.Compute(distances, options.Bandwidth);
    }
}
