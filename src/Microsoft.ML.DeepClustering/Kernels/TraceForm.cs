using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Kernels;

/// <summary>A way to compute T_ab = tr(Π_a Π_b) from orthonormal bases V, Π = VᵀV, and its gradient. No gradient is recorded.</summary>
internal abstract class TraceForm
{
    /// <summary>From the products V_a V_bᵀ.</summary>
    public static readonly TracesByProducts Products = new TracesByProducts(inBFloat16: false);

    /// <summary>The same with products of bfloat16.</summary>
    public static readonly TracesByProducts ProductsInBFloat16 = new TracesByProducts(inBFloat16: true);

    /// <summary>From the projections Π_a.</summary>
    public static readonly TraceForm Projections = new TracesByProjections();

    /// <summary>The traces.</summary>
    /// <param name="bases">V, (n, r, c).</param>
    /// <param name="keep">Whether to keep what <see cref="Gradient"/> needs.</param>
    /// <returns>T, (n, n), and what was kept.</returns>
    public abstract (Tensor Traces, IReadOnlyList<Tensor> Kept) Traces(Tensor bases, bool keep);

    /// <summary>2 V_a Σ_b w_ab Π_b, (n, r, c).</summary>
    /// <param name="bases">V, (n, r, c).</param>
    /// <param name="weights">w, (n, n), symmetric.</param>
    /// <param name="kept">What <see cref="Traces"/> kept.</param>
    public abstract Tensor Gradient(Tensor bases, Tensor weights, IReadOnlyList<Tensor> kept);
}
