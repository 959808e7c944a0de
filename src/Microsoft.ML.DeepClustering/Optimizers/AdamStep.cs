using System.Numerics;
using System.Runtime.InteropServices;

namespace Microsoft.ML.DeepClustering.Optimizers;

/// <summary>Adam's step on values in memory: m and v move towards the gradient and its square, θ by -rate · m / (sqrt(v) · correction + ε).</summary>
internal static class AdamStep
{
    /// <summary>All spans are of one length; the values and both moments change.</summary>
    public static void Apply(Span<float> values, ReadOnlySpan<float> gradients, Span<float> first, Span<float> second, in AdamFactors factors)
    {
        var θ = MemoryMarshal.Cast<float, Vector<float>>(values);
        var g = MemoryMarshal.Cast<float, Vector<float>>(gradients);
        var m = MemoryMarshal.Cast<float, Vector<float>>(first);
        var v = MemoryMarshal.Cast<float, Vector<float>>(second);
        for (var i = 0; i < θ.Length; i++)
        {
            m[i] = m[i] * factors.Beta1 + g[i] * factors.Rest1;
            v[i] = v[i] * factors.Beta2 + g[i] * g[i] * factors.Rest2;
            θ[i] -= factors.Rate * (m[i] / (Vector.SquareRoot(v[i]) * factors.Correction + new Vector<float>(factors.Epsilon)));
        }

        for (var i = θ.Length * Vector<float>.Count; i < values.Length; i++)
        {
            first[i] = first[i] * factors.Beta1 + gradients[i] * factors.Rest1;
            second[i] = second[i] * factors.Beta2 + gradients[i] * gradients[i] * factors.Rest2;
            values[i] -= factors.Rate * (first[i] / (MathF.Sqrt(second[i]) * factors.Correction + factors.Epsilon));
        }
    }
}
