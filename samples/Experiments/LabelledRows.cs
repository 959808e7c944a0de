using Microsoft.ML;
using Microsoft.ML.Data;

namespace Experiments;

/// <summary>Rows of numbers with a class each.</summary>
/// <param name="Dimensions">(channels, height, width) of images, else (d).</param>
/// <param name="Features">One array a row.</param>
/// <param name="Labels">The class of each row.</param>
internal sealed record LabelledRows(int[] Dimensions, float[][] Features, int[] Labels)
{
    public bool AreImages => Dimensions.Length == 3;

    public int Classes => Labels.Distinct().Count();

    /// <summary>Rows of these classes only, the first so many of them.</summary>
    public LabelledRows Part(IReadOnlyList<int>? classes, int? rows)
    {
        var kept = Enumerable.Range(0, Labels.Length).Where(i => classes is null || classes.Contains(Labels[i])).Take(rows ?? int.MaxValue).ToArray();
        return this with { Features = Array.ConvertAll(kept, i => Features[i]), Labels = Array.ConvertAll(kept, i => Labels[i]) };
    }

    /// <summary>Pixels from [-1, 1] to the range of a choice, or all values standardised where it says so; other numbers stay.</summary>
    /// <exception cref="InvalidDataException">The values are to be standardised, and are all the same.</exception>
    public LabelledRows Scaled(DataChoice choice)
    {
        if (choice.Standardized && Features.Length > 0)
        {
            var (mean, deviation) = Spread();
            return deviation > 0
                ? With(p => (float)((p - mean) / deviation))
                : throw new InvalidDataException($"The values of {choice.Name} are to be standardised, but all are {mean}; leave \"standardized\" out.");
        }

        var (low, high) = (choice.Low, choice.High);
        return !AreImages || (low == -1 && high == 1) ? this : With(p => low + (p + 1) / 2 * (high - low));
    }

    /// <summary>What -1 and 1 become.</summary>
    public (float Low, float High) RangeOf(DataChoice choice)
    {
        if (!choice.Standardized || Features.Length == 0)
            return (choice.Low, choice.High);
        var (mean, deviation) = Spread();
        return ((float)((-1 - mean) / deviation), (float)((1 - mean) / deviation));
    }

    public IDataView View(MLContext ml)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Dimensions);
        return ml.Data.LoadFromEnumerable(Features.Zip(Labels, (f, l) => new Row { Features = f, Label = l }).ToArray(), schema);
    }

    private LabelledRows With(Func<float, float> changed) => this with { Features = Array.ConvertAll(Features, row => Array.ConvertAll(row, p => changed(p))) };

    // Of all values.
    private (double Mean, double Deviation) Spread()
    {
        var count = (double)Features.Length * Features[0].Length;
        var mean = Features.Sum(row => row.Sum(p => (double)p)) / count;
        return (mean, Math.Sqrt(Features.Sum(row => row.Sum(p => (p - mean) * (p - mean))) / count));
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
