using System.Numerics;

namespace Microsoft.ML.DeepClustering.Centroids;

/// <summary>Centroids for <see cref="PointBlock{T}"/>.</summary>
/// <param name="values">(k, p), row by row.</param>
/// <param name="dimensions">p.</param>
internal sealed class CentroidTable<T>(T[] values, int dimensions)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Centroids whose distances are computed together.</summary>
    public const int Stride = 4;

    /// <summary>(k, p), row by row.</summary>
    public T[] Values => values;

    /// <summary>k.</summary>
    public int Count { get; } = values.Length / dimensions;

    /// <summary>The same, followed by centroids that are infinitely far away, up to a multiple of <see cref="Stride"/>.</summary>
    public T[] Padded { get; } = Pad(values, dimensions);

    /// <summary>Centroid j, (p).</summary>
    public ArraySegment<T> Row(int j) => new(values, j * dimensions, dimensions);

    private static T[] Pad(T[] values, int dimensions)
    {
        var count = values.Length / dimensions;
        var padded = new T[(count + Stride - 1) / Stride * Stride * dimensions];
        Array.Fill(padded, T.PositiveInfinity);
        values.CopyTo(padded, 0);
        return padded;
    }
}
