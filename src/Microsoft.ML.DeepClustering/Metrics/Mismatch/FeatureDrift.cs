using Microsoft.ML.DeepClustering.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Metrics.Mismatch;

/// <summary>
/// Δ_FD = cos(∇θ L_cluster, ∇θ L_aux): Trosten et al. 2021, Equation 10; Trosten et al. 2024, Equation 18.
/// </summary>
internal static class FeatureDrift
{
    /// <summary>The cosine, a scalar of -1 to 1; NaN when a gradient is zero. The graph of both losses stays; the gradients that the parameters have are gone.</summary>
    /// <param name="clustering">L_cluster, a scalar.</param>
    /// <param name="auxiliary">L_aux, a scalar.</param>
    /// <param name="encoder">θ.</param>
    public static Tensor Compute(Tensor clustering, Tensor auxiliary, IReadOnlyList<Parameter> encoder)
    {
        var (first, second) = (Gradient(clustering, encoder), Gradient(auxiliary, encoder));
        // Each to length 1 first: the product of two small norms would vanish.
        return (first / first.norm() * (second / second.norm())).sum();
    }

    // (number of parameters).
    private static Tensor Gradient(Tensor loss, IReadOnlyList<Parameter> parameters)
    {
        // With nothing added, a parameter that the loss does not reach would be an error.
        var reaching = parameters.Aggregate(loss, (sum, p) => sum.Plus(p.sum().Times(0)));
        Forget(parameters);
        Backpropagation.Run(reaching, keepsGraph: true, [.. parameters]);
        var gradient = cat(parameters.Select(p => p.grad!.flatten()).ToList());
        Forget(parameters);
        return gradient;
    }

    private static void Forget(IReadOnlyList<Parameter> parameters)
    {
        foreach (var parameter in parameters)
            parameter.grad = null;
    }
}
