using System.Numerics;

namespace Microsoft.ML.DeepClustering.Optimizers;

/// <summary>
/// Sets to zero what is on its way to be subnormal, below 1.2e-38. The moments of a unit that no row activates any more fade for ever, and a
/// processor may take a hundred times as long for a subnormal value. What is dropped changes only weights that are nearer to zero than 1e-20,
/// and these by less than 1e-27.
/// </summary>
internal static class Subnormals
{
    /// <summary>A moment below it is zero: one step further it is still a normal number.</summary>
    public const float LeastMoment = 1e-36f;

    /// <summary>A gradient below it is zero: a tenth of any other, which a moment takes, is no subnormal number.</summary>
    public const float LeastGradient = 1e-36f;

    /// <summary>The square of a gradient below it is zero: 1e-3 of any other is a normal number.</summary>
    public const float LeastSquared = 1e-16f;

    /// <summary>The values, with zero for those nearer to zero than the least; what is not a number stays.</summary>
    public static Vector<float> ToZero(Vector<float> values, float least)
        => Vector.ConditionalSelect(Vector.LessThan(Vector.Abs(values), new Vector<float>(least)), Vector<float>.Zero, values);

    /// <inheritdoc cref="ToZero(Vector{float}, float)"/>
    public static float ToZero(float value, float least) => MathF.Abs(value) < least ? 0 : value;
}
