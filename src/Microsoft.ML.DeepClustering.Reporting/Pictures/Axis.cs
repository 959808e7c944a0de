using System.Globalization;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>Maps values to pixels, and chooses round numbers to write beside them.</summary>
internal sealed class Axis
{
    private const double MostSize = 1e100;
    private const double LeastSize = 1e-100;
    private const double LeastRange = 1e-4;
    private const int Intervals = 5;
    private const int MostDecades = 8;

    private readonly double _low;
    private readonly double _high;
    private readonly double _from;
    private readonly double _to;
    private readonly bool _logarithmic;

    private Axis(double low, double high, double from, double to, bool logarithmic, IReadOnlyList<(double, string)> ticks)
        => (_low, _high, _from, _to, _logarithmic, Ticks) = (low, high, from, to, logarithmic, ticks);

    /// <summary>The values to write, with their texts.</summary>
    public IReadOnlyList<(double Value, string Label)> Ticks { get; }

    /// <summary>Whether a value can be drawn: finite, and no larger than numbers that can still be subtracted.</summary>
    public static bool Draws(double value) => double.IsFinite(value) && Math.Abs(value) < MostSize;

    /// <summary>Whether values want a logarithmic axis: all are positive, and they span more than two decades.</summary>
    public static bool SpansDecades(IReadOnlyCollection<double> values) => values.Count > 0 && values.Min() > 0 && values.Max() > 100 * values.Min();

    /// <summary>A linear axis over the values, out to round numbers.</summary>
    public static Axis Linear(double low, double high, double from, double to)
    {
        (low, high) = Widen(low, high);
        var step = RoundStep((high - low) / Intervals);
        return new(Math.Floor(low / step) * step, Math.Ceiling(high / step) * step, from, to, false, LinearTicks(low, high, step, outward: true));
    }

    /// <summary>A linear axis that ends with the values, for epochs: no number between whole ones where all are whole.</summary>
    public static Axis Exact(double low, double high, bool whole, double from, double to)
    {
        (low, high) = Widen(low, high);
        var step = RoundStep((high - low) / Intervals);
        return new(low, high, from, to, false, LinearTicks(low, high, whole ? Math.Max(1, step) : step, outward: false));
    }

    /// <summary>A logarithmic axis over positive values that span more than a decade, a little beyond them.</summary>
    public static Axis Logarithmic(double low, double high, double from, double to)
    {
        var (start, end) = (Math.Log10(low) - 0.05, Math.Log10(high) + 0.05);
        var (first, last) = ((int)Math.Ceiling(start), (int)Math.Floor(end));
        var every = 1 + (last - first) / MostDecades;
        var ticks = Enumerable.Range(first, last - first + 1).Where(power => (power - first) % every == 0)
            .Select(power => (Math.Pow(10, power), power is >= -3 and <= 4 ? Plain.Number(Math.Pow(10, power)) : $"1e{power.ToString(CultureInfo.InvariantCulture)}"));
        return new(start, end, from, to, true, ticks.ToArray());
    }

    /// <summary>The pixel of a value.</summary>
    public double Map(double value) => _from + ((_logarithmic ? Math.Log10(value) : value) - _low) / (_high - _low) * (_to - _from);

    // One value, or values that differ in digits only that the labels do not have, get room on both sides.
    private static (double Low, double High) Widen(double low, double high)
    {
        var size = Math.Max(Math.Abs(low), Math.Abs(high));
        if (size < LeastSize)
            return (-0.5, 0.5);
        return high - low > LeastRange * size ? (low, high) : (low - size / 2, high + size / 2);
    }

    private static double RoundStep(double step)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return power * (step / power) switch { <= 1.0001 => 1, <= 2.0001 => 2, <= 5.0001 => 5, _ => 10 };
    }

    private static (double, string)[] LinearTicks(double low, double high, double step, bool outward)
    {
        var slack = 1e-6;
        var first = outward ? Math.Floor(low / step) : Math.Ceiling(low / step - slack);
        var last = outward ? Math.Ceiling(high / step) : Math.Floor(high / step + slack);
        var decimals = Math.Max(0, -(int)Math.Floor(Math.Log10(step) + slack));
        var format = Math.Max(Math.Abs(low), Math.Abs(high)) >= 1e6 || decimals > 5 ? "0.#####e0" : "F" + decimals.ToString(CultureInfo.InvariantCulture);
        return Enumerable.Range(0, (int)(last - first) + 1)
            .Select(i => (first + i) * step)
            .Select(value => (value, (Math.Abs(value) < step * slack ? 0 : value).ToString(format, CultureInfo.InvariantCulture)))
            .ToArray();
    }
}
