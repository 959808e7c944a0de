using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Kernels;

/// <summary>The Gaussian kernel K_ab = exp(-d²_ab / (2σ²)) of squared distances, with σ taken from the batch itself.</summary>
internal static class GaussianKernel
{
    private const double RelativeWidth = 0.15;
    private const double SmallestSquaredWidth = 1e-9;

    /// <summary>(n, n) squared distances -> (n, n) kernel values in (0, 1].</summary>
    public static Tensor Compute(Tensor squaredDistances, BandwidthRule rule)
    {
        Tensor squaredWidth;
        using (no_grad())
        {
            var factor = rule == BandwidthRule.MedianOfSquaredDistances ? RelativeWidth : RelativeWidth * RelativeWidth;
            squaredWidth = squaredDistances.median().Times(factor).AtLeast(SmallestSquaredWidth);
        }

        return (ReachingGradient.Of(squaredDistances) / squaredWidth.Times(-2)).exp();
    }
}
