using System.Globalization;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Data;

/// <summary>The weights of the rows as they are read.</summary>
/// <param name="column">The column's name, for errors.</param>
internal sealed class RowWeights(string column)
{
    // Of the mean, and of the greatest: no weight becomes 0 by rounding, alone or in a sum that greater ones leave, so that no cluster of rows weighs nothing.
    private const double LeastShare = 1e-12;
    private const double LeastShareOfGreatest = 1e-9;

    private readonly List<float> _weights = [];

    /// <summary>The number of rows of weight 0.</summary>
    public long LeftOut { get; private set; }

    /// <summary>What an error adds when no row is left.</summary>
    public string WithoutAny => LeftOut > 0 ? $" of a weight above 0 in column '{column}'" : "";

    /// <summary>Reads the weight of a row.</summary>
    /// <returns>Whether the row counts at all.</returns>
    /// <exception cref="InvalidOperationException">The weight is below 0, NaN or infinite.</exception>
    public bool Add(ValueGetter<float> getter, long row)
    {
        float weight = 0;
        getter(ref weight);
        if (!float.IsFinite(weight) || weight < 0)
        {
            throw new InvalidOperationException(
                $"Row {row} (counted from 0) of column '{column}' is {weight.ToString(CultureInfo.InvariantCulture)}; a weight must be a finite number of 0 or more. "
                + "Use ReplaceMissingValues, or filter such rows.");
        }

        if (weight == 0)
        {
            LeftOut++;
            return false;
        }

        _weights.Add(weight);
        return true;
    }

    /// <summary>(n) of float on the CPU, 1 in the mean, outside dispose scopes; null where all are the same.</summary>
    public Tensor? ToTensor()
    {
        if (_weights.TrueForAll(w => w == _weights[0]))
            return null;
        var mean = _weights.Sum(w => (double)w) / _weights.Count;
        var least = Math.Max(LeastShare, LeastShareOfGreatest * (_weights.Max() / mean));
        using var scope = NewDisposeScope();
        var values = _weights.ConvertAll(w => (float)Math.Max(w / mean, least));
        var weights = empty(new[] { (long)values.Count }, dtype: ScalarType.Float32, device: CPU);
        MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(values)).CopyTo(weights.bytes);
        return weights.DetachFromDisposeScope();
    }
}
