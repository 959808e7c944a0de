using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Losses;

/// <summary>The squared error of a reconstruction, averaged over the batch.</summary>
internal static class ReconstructionError
{
    /// <summary>1/(n d) Σ_i ||x_i - x̂_i||²: mean over the d features. DDC-AE, DEC, IDEC.</summary>
    public static Tensor MeanOverElements(Tensor input, Tensor reconstruction)
        => nn.functional.mse_loss(reconstruction, input.reshape(reconstruction.shape));

    /// <summary>1/n Σ_i ||x_i - x̂_i||²: sum over the d features. DCN (Yang et al. 2017, Equation 4), Deep k-Means (Equation 5), centering.</summary>
    public static Tensor SumOverFeatures(Tensor input, Tensor reconstruction)
        => MeanOverElements(input, reconstruction).Times((double)input.numel() / input.shape[0]);
}
