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
            var (taken, squared) = (Subnormals.ToZero(g[i], Subnormals.LeastGradient), Subnormals.ToZero(g[i], Subnormals.LeastSquared));
            m[i] = Subnormals.ToZero(m[i] * factors.Beta1 + taken * factors.Rest1, Subnormals.LeastMoment);
            v[i] = Subnormals.ToZero(v[i] * factors.Beta2 + squared * squared * factors.Rest2, Subnormals.LeastMoment);
            θ[i] -= factors.Rate * (m[i] / (Vector.SquareRoot(v[i]) * factors.Correction + new Vector<float>(factors.Epsilon)));
        }

        for (var i = θ.Length * Vector<float>.Count; i < values.Length; i++)
        {
            var (taken, squared) = (Subnormals.ToZero(gradients[i], Subnormals.LeastGradient), Subnormals.ToZero(gradients[i], Subnormals.LeastSquared));
            first[i] = Subnormals.ToZero(first[i] * factors.Beta1 + taken * factors.Rest1, Subnormals.LeastMoment);
            second[i] = Subnormals.ToZero(second[i] * factors.Beta2 + squared * squared * factors.Rest2, Subnormals.LeastMoment);
            values[i] -= factors.Rate * (first[i] / (MathF.Sqrt(second[i]) * factors.Correction + factors.Epsilon));
        }
    }
}
