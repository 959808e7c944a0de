namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>The shapes that tell series, or clusters, apart besides their colours.</summary>
internal static class Marker
{
    // Relative to the middle, some 6 pixels wide: circle, square, triangle, diamond, triangle down, horizontal bar, vertical bar.
    private static readonly string[] Shapes =
    [
        "m-3 0a3 3 0 1 0 6 0 3 3 0 1 0-6 0z",
        "m-2.6-2.6h5.2v5.2h-5.2z",
        "m0-3.4l3.2 5.6h-6.4z",
        "m0-3.8l3.5 3.8-3.5 3.8-3.5-3.8z",
        "m0 3.4l3.2-5.6h-6.4z",
        "m-4.2-1.3h8.4v2.6h-8.4z",
        "m-1.3-4.2h2.6v8.4h-2.6z",
    ];

    /// <summary>Path data of the shape of a series around a point.</summary>
    public static string At(int series, double x, double y) => $"M{Svg.Number(x)} {Svg.Number(y)}{Shapes[series % Shapes.Length]}";
}
