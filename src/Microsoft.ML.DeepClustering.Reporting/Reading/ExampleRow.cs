namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>A row that is shown.</summary>
/// <param name="Row">Its place in the data, from 0.</param>
/// <param name="Distance">Its distance to its cluster.</param>
internal sealed record ExampleRow(long Row, float Distance)
{
    /// <summary>The probability of its cluster; null if unknown.</summary>
    public float? Probability { get; init; }

    /// <summary>The number of its class as the reader of labels has it, -1 for none.</summary>
    public int Class { get; init; } = -1;

    /// <summary>Its text, cut; null for none.</summary>
    public string? Text { get; init; }

    /// <summary>Its pixels: (channel, row, column), made small. Null for none.</summary>
    public float[]? Pixels { get; init; }

    /// <summary>The path of its image; null for none.</summary>
    public string? ImagePath { get; init; }

    /// <summary>Values of its columns.</summary>
    public IReadOnlyList<string> Cells { get; init; } = [];
}
