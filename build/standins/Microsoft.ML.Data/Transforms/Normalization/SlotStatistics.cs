using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>Smallest, largest, mean and variance of the values of one slot; missing values are left out.</summary>
internal struct SlotStatistics<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private long _count;
    private T _min;
    private T _max;
    private double _mean;
    private double _sumOfSquares;

    public void Add(T value)
    {
        if (T.IsNaN(value))
            return;
        _min = _count == 0 ? value : T.Min(_min, value);
        _max = _count == 0 ? value : T.Max(_max, value);
        _count++;
        var number = double.CreateTruncating(value);
        var delta = number - _mean;
        _mean += delta / _count;
        _sumOfSquares += delta * (number - _mean);
    }

    /// <summary>The scale and offset of y = (x - offset) * scale; a slot of one value only has the scale 0.</summary>
    public readonly (T Scale, T Offset) Fit(NormalizationRule rule)
    {
        if (_count == 0)
            return default;
        if (rule.Scheme == NormalizationScheme.MinMax)
        {
            return rule.FixZero
                ? (Inverse(T.Max(T.Abs(_min), T.Abs(_max))), T.Zero)
                : (Inverse(_max - _min), _min);
        }

        var variance = _sumOfSquares / _count;
        return rule.FixZero
            ? (Inverse(T.CreateTruncating(Math.Sqrt(variance + _mean * _mean))), T.Zero)
            : (Inverse(T.CreateTruncating(Math.Sqrt(variance))), T.CreateTruncating(_mean));
    }

    private static T Inverse(T value) => T.IsZero(value) ? T.Zero : T.One / value;
}
