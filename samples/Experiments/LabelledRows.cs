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

    /// <summary>Looks whether the data have what a choice takes of them.</summary>
    /// <exception cref="InvalidDataException">They lack one of its classes, or are no images, and have a side or a range of pixels.</exception>
    public void Require(DataChoice choice)
    {
        if (choice.Classes?.Except(Labels).ToArray() is { Length: > 0 } absent)
            throw new InvalidDataException($"\"classes\" of {choice.Name} has {string.Join(", ", absent)}, of which it has no rows; its {Classes} classes are from {Labels.DefaultIfEmpty().Min()} to {Labels.DefaultIfEmpty().Max()}.");
        if (AreImages)
            return;
        if (choice.Side is { } side)
            throw new InvalidDataException($"{choice.Name} has flat rows of {Features[0].Length} values, and \"side\" is {side}, which only images can have; leave it out.");
        if (choice is { Standardized: false } and not { Low: -1, High: 1 })
            throw new InvalidDataException(FormattableString.Invariant($"{choice.Name} has flat rows of {Features[0].Length} values, and \"low\" is {choice.Low} and \"high\" {choice.High}, which only images can have; leave them out."));
    }

    /// <summary>The classes and rows of a choice, images in its size.</summary>
    /// <exception cref="InvalidDataException">The data have not what the choice takes.</exception>
    public LabelledRows Chosen(DataChoice choice)
    {
        Require(choice);
        var part = Part(choice.Classes, choice.Rows);
        if (choice.Side is not { } side)
            return part;
        return part with { Dimensions = [Dimensions[0], side, side], Features = Array.ConvertAll(part.Features, image => Resized(image, side)) };
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

    // Channel by channel, up and down, then across; as torch.nn.functional.interpolate with align_corners false.
    private float[] Resized(float[] image, int side)
    {
        var (height, width) = (Dimensions[1], Dimensions[2]);
        var (down, across) = (Between(height, side), Between(width, side));
        var resized = new float[Dimensions[0] * side * side];
        for (var (i, y) = (0, 0); y < Dimensions[0] * side; y++)
        {
            var (above, below, low) = down[y % side];
            var (upper, lower) = (y / side * height + above, y / side * height + below);
            foreach (var (left, right, far) in across)
                resized[i++] = (1 - low) * Mixed(upper, left, right, far) + low * Mixed(lower, left, right, far);
        }

        return resized;

        float Mixed(int row, int left, int right, float far) => (1 - far) * image[row * width + left] + far * image[row * width + right];
    }

    // For each of the new places the two old ones that it lies between, and how near it is to the second.
    private static (int First, int Second, float Share)[] Between(int size, int side) => Array.ConvertAll(Enumerable.Range(0, side).ToArray(), i =>
    {
        var place = Math.Max(0, (i + 0.5) * size / side - 0.5);
        var first = (int)place;
        return (first, Math.Min(first + 1, size - 1), (float)(place - first));
    });

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
