namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>A line of a chart. Points that are not finite leave a gap.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="Points">Its points, from left to right.</param>
internal sealed record Series(string Name, IReadOnlyList<SeriesPoint> Points)
{
    /// <summary>A line of one value an epoch, the first of epoch 1.</summary>
    public static Series ByEpoch(string name, IEnumerable<double> values)
        => new(name, values.Select((value, index) => new SeriesPoint(index + 1, value)).ToArray());
}
