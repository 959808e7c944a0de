using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Torch;

/// <summary>
/// Arithmetic that hands numbers to libtorch safely. TorchSharp's operators wrap a number (even the factor 1 of a sum of two tensors) in an
/// object that nothing holds while libtorch reads it: where another thread collects garbage at that moment, the number is freed, and the
/// result is an error or another number. Here each such object is held until libtorch is done. Products, quotients and differences
/// of two tensors need no number and may use the operators.
/// </summary>
internal static class Arithmetic
{
    // Whole numbers leave the dtype of any tensor as it is.
    private static readonly Scalar One = 1L;
    private static readonly Scalar Two = 2L;

    /// <summary>a + b, broadcast.</summary>
    public static Tensor Plus(this Tensor a, Tensor b) => a.add(b, alpha: One);

    /// <summary>a + b.</summary>
    public static Tensor Plus(this Tensor a, double b) => Held(b, number => a.add(number, alpha: One));

    /// <summary>a + b; whole numbers stay whole.</summary>
    public static Tensor Plus(this Tensor a, long b) => Held(b, number => a.add(number, alpha: One));

    /// <summary>a - b.</summary>
    public static Tensor Minus(this Tensor a, double b) => a.Plus(-b);

    /// <summary>a - b; whole numbers stay whole.</summary>
    public static Tensor Minus(this Tensor a, long b) => a.Plus(-b);

    /// <summary>a - b.</summary>
    public static Tensor Minus(this double a, Tensor b) => b.neg().Plus(a);

    /// <summary>a · b.</summary>
    public static Tensor Times(this Tensor a, double b) => Held(b, a.mul);

    /// <summary>a · b; whole numbers stay whole.</summary>
    public static Tensor Times(this Tensor a, long b) => Held(b, a.mul);

    /// <summary>a / b.</summary>
    public static Tensor Over(this Tensor a, double b) => Held(b, number => a.div(number));

    /// <summary>a² of each value.</summary>
    public static Tensor Squared(this Tensor a) => a.pow(Two);

    /// <summary>The larger of each value and a number.</summary>
    public static Tensor AtLeast(this Tensor a, double least) => Held(least, a.clamp_min);

    /// <summary>a, or slope · a where it is below 0.</summary>
    public static Tensor LeakyRelu(this Tensor a, double slope) => Held(slope, a.leaky_relu);

    /// <summary>The smaller of each value and a whole number.</summary>
    public static Tensor AtMost(this Tensor a, long most) => Held(most, a.clamp_max);

    /// <summary>a = b for each value.</summary>
    public static Tensor Is(this Tensor a, double b) => Held(b, a.eq);

    /// <summary>a > b for each value.</summary>
    public static Tensor IsAbove(this Tensor a, double b) => Held(b, a.gt);

    /// <summary>a ≥ b for each value.</summary>
    public static Tensor IsAtLeast(this Tensor a, double b) => Held(b, a.ge);

    /// <summary>a ≤ b for each value.</summary>
    public static Tensor IsAtMost(this Tensor a, double b) => Held(b, a.le);

    /// <summary>A number in the place of the values where the mask is true.</summary>
    public static Tensor With(this Tensor a, Tensor mask, double value) => Held(value, number => a.masked_fill(mask, number));

    /// <summary>a ← a + b.</summary>
    public static void Add(this Tensor a, Tensor b) => a.add_(b, alpha: One);

    /// <summary>a ← a + 1.</summary>
    public static void Increment(this Tensor a) => a.add_(One, alpha: One);

    /// <summary>Adds each row of the source to the row of a that its index names, in place -> a.</summary>
    public static Tensor AddRows(this Tensor a, Tensor indices, Tensor source) => a.index_add_(0, indices, source, One);

    /// <summary>0, step, 2 step ... below the end, int64.</summary>
    public static Tensor Numbers(long end, Device device, long step = 1)
    {
        using Scalar first = 0L, last = end, by = step;
        return arange(first, last, by, dtype: ScalarType.Int64, device: device);
    }

    private static Tensor Held(Scalar number, Func<Scalar, Tensor> operation)
    {
        using (number)
            return operation(number);
    }
}
