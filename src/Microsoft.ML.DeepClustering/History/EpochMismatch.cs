using System.Text.Json.Serialization;

namespace Microsoft.ML.DeepClustering;

/// <summary>How the clustering and the auxiliary objective agreed in one epoch; all are means over its batches.</summary>
/// <param name="FeatureDrift">
/// Δ_FD, the cosine between the gradients of both losses with respect to the encoder's parameters, -1 to 1; NaN when one of them was zero in every
/// batch. Trosten et al. 2021, Equation 10; Mrabah et al. 2019.
/// </param>
/// <param name="AuxiliaryLoss">The auxiliary loss without its weight in the total, so that it does not depend on that weight. Weights of parts of it stay: ω of the companions, that of DEPICT's layers.</param>
public sealed record EpochMismatch(double FeatureDrift, double AuxiliaryLoss)
{
    /// <summary>
    /// OFM, (1 - Δ_FD) / 2: 0 when both objectives pull the encoder the same way, 0.5 when their gradients are orthogonal, 1 when they are opposed.
    /// Trosten et al. 2021, Equation 9.
    /// </summary>
    [JsonIgnore]
    public double ObjectiveFunctionMismatch => (1 - FeatureDrift) / 2;
}
