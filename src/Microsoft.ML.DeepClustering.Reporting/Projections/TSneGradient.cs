using System.Numerics;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>
/// The gradient of t-SNE, Eq. 5 of van der Maaten and Hinton: 4 Σ_j (p_ij - q_ij)(y_i - y_j) w_ij with w_ij = 1 / (1 + ||y_i - y_j||²) and q_ij = w_ij / Σw.
/// What attracts, Σ_j p_ij w_ij (y_i - y_j), and what repels, Σ_j w_ij² (y_i - y_j) / Σw, are added up in one pass over p, with nothing of n x n values kept.
/// </summary>
internal static class TSneGradient
{
    /// <summary>The gradient by the places of the rows.</summary>
    /// <param name="joint">(n, n), p_ij, of Float32 or Float64 on the CPU.</param>
    /// <param name="map">(n, 2), of the same type.</param>
    /// <returns>(n, 2).</returns>
    public static Tensor Compute(Tensor joint, Tensor map)
    {
        var gradient = empty(map.shape, dtype: map.dtype, device: CPU);
        using var scope = NewDisposeScope();
        var (probabilities, places) = (joint.contiguous(), map.contiguous());
        if (map.dtype == ScalarType.Float32)
            Compute<float>(probabilities.bytes, places.bytes, gradient.bytes);
        else
            Compute<double>(probabilities.bytes, places.bytes, gradient.bytes);
        return gradient;
    }

    private static void Compute<T>(Span<byte> joint, Span<byte> map, Span<byte> gradient)
        where T : unmanaged, INumber<T>
    {
        ReadOnlySpan<T> p = MemoryMarshal.Cast<byte, T>(joint), places = MemoryMarshal.Cast<byte, T>(map);
        var result = MemoryMarshal.Cast<byte, T>(gradient);
        var n = places.Length / 2;
        var (x, y) = (new T[n], new T[n]);
        for (var i = 0; i < n; i++)
            (x[i], y[i]) = (places[2 * i], places[2 * i + 1]);
        var repulsion = new T[2 * n];
        // Of each row with itself w is 1.
        var sum = -T.CreateChecked(n);
        for (var i = 0; i < n; i++)
            sum += Row(p.Slice(i * n, n), x, y, i, result.Slice(2 * i, 2), repulsion.AsSpan(2 * i, 2));
        var four = T.CreateChecked(4);
        for (var i = 0; i < result.Length; i++)
            result[i] = four * (result[i] - repulsion[i] / sum);
    }

    // What attracts and what repels a row, and its sum of w.
    private static T Row<T>(ReadOnlySpan<T> p, ReadOnlySpan<T> x, ReadOnlySpan<T> y, int row, Span<T> attraction, Span<T> repulsion)
        where T : unmanaged, INumber<T>
    {
        var (x0, y0) = (new Vector<T>(x[row]), new Vector<T>(y[row]));
        var (attractX, attractY, repelX, repelY, sums) = (Vector<T>.Zero, Vector<T>.Zero, Vector<T>.Zero, Vector<T>.Zero, Vector<T>.Zero);
        var j = 0;
        for (; j <= p.Length - Vector<T>.Count; j += Vector<T>.Count)
        {
            var (dx, dy) = (x0 - new Vector<T>(x[j..]), y0 - new Vector<T>(y[j..]));
            var w = Vector<T>.One / (Vector<T>.One + dx * dx + dy * dy);
            var (attract, repel) = (new Vector<T>(p[j..]) * w, w * w);
            (attractX, attractY, repelX, repelY, sums) = (attractX + attract * dx, attractY + attract * dy, repelX + repel * dx, repelY + repel * dy, sums + w);
        }

        var sum = Vector.Sum(sums);
        (attraction[0], attraction[1], repulsion[0], repulsion[1]) = (Vector.Sum(attractX), Vector.Sum(attractY), Vector.Sum(repelX), Vector.Sum(repelY));
        for (; j < p.Length; j++)
        {
            var (dx, dy) = (x[row] - x[j], y[row] - y[j]);
            var w = T.One / (T.One + dx * dx + dy * dy);
            sum += w;
            attraction[0] += p[j] * w * dx;
            attraction[1] += p[j] * w * dy;
            repulsion[0] += w * w * dx;
            repulsion[1] += w * w * dy;
        }

        return sum;
    }
}
