using System.Numerics;

namespace Microsoft.ML.DeepClustering.Centroids;

/// <summary>How far centroids move in one of Lloyd's iterations.</summary>
internal sealed class CentroidShifts<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <param name="before">The centroids before the iteration.</param>
    /// <param name="after">Those after it.</param>
    public CentroidShifts(CentroidTable<T> before, CentroidTable<T> after)
    {
        OfEach = new T[after.Count];
        for (var j = 0; j < after.Count; j++)
        {
            var (a, b, square) = (before.Row(j), after.Row(j), T.Zero);
            for (var d = 0; d < a.Count; d++)
                square += (a[d] - b[d]) * (a[d] - b[d]);
            OfEach[j] = T.Sqrt(square);
            Largest = T.Max(Largest, OfEach[j]);
        }
    }

    /// <summary>The distance that each centroid moves.</summary>
    public T[] OfEach { get; }

    /// <summary>The largest of them.</summary>
    public T Largest { get; } = T.Zero;
}
