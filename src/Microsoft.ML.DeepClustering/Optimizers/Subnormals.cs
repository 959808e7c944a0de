using System.Numerics;

namespace Microsoft.ML.DeepClustering.Optimizers;

/// <summary>
/// Sets to zero what is on its way to be subnormal, below 1.2e-38. The moments of a unit that no row activates any more fade for ever, and a
/// processor may take a hundred times as long for a subnormal value. What is dropped changes no weight: it is added to values that are
/// larger by ten powers of ten and more.
/// </summary>
internal static class Subnormals
{
    /// <summary>A moment below it is zero: one step further it is still a normal number.</summary>
    public const float LeastMoment = 1e-36f;

    /// <summary>The square of a gradient below it is zero: 1e-3 of any other is a normal number.</summary>
    public const float LeastSquared = 1e-16f;

    /// <summary>The values, with zero for those nearer to zero than the least; what is not a number stays.</summary>
    public static Vector<float> ToZero(Vector<float> values, float least)
        => Vector.ConditionalSelect(Vector.LessThan(Vector.Abs(values), new Vector<float>(least)), Vector<float>.Zero, values);

    /// <inheritdoc cref="ToZero(Vector{float}, float)"/>
    public static float ToZero(float value, float least) => MathF.Abs(value) < least ? 0 : value;
}
