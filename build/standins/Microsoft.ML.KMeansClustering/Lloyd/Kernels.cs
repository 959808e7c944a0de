using System.Numerics;
using System.Runtime.InteropServices;

namespace Microsoft.ML.Trainers;

/// <summary>Vectorised sums over rows.</summary>
internal static class Kernels
{
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var va = MemoryMarshal.Cast<float, Vector<float>>(a);
        var vb = MemoryMarshal.Cast<float, Vector<float>>(b);
        var sum0 = Vector<float>.Zero;
        var sum1 = Vector<float>.Zero;
        var i = 0;
        for (; i + 1 < va.Length; i += 2)
        {
            sum0 += va[i] * vb[i];
            sum1 += va[i + 1] * vb[i + 1];
        }

        if (i < va.Length)
            sum0 += va[i] * vb[i];
        var sum = Vector.Sum(sum0 + sum1);
        for (i = va.Length * Vector<float>.Count; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    /// <summary>The dot products of four rows with one, which is read once.</summary>
    public static (float, float, float, float) Dot4(
        ReadOnlySpan<float> a0, ReadOnlySpan<float> a1, ReadOnlySpan<float> a2, ReadOnlySpan<float> a3, ReadOnlySpan<float> b)
    {
        var v0 = MemoryMarshal.Cast<float, Vector<float>>(a0);
        var v1 = MemoryMarshal.Cast<float, Vector<float>>(a1);
        var v2 = MemoryMarshal.Cast<float, Vector<float>>(a2);
        var v3 = MemoryMarshal.Cast<float, Vector<float>>(a3);
        var vb = MemoryMarshal.Cast<float, Vector<float>>(b);
        var sum0 = Vector<float>.Zero;
        var sum1 = Vector<float>.Zero;
        var sum2 = Vector<float>.Zero;
        var sum3 = Vector<float>.Zero;
        for (var i = 0; i < v0.Length; i++)
        {
            var x = vb[i];
            sum0 += v0[i] * x;
            sum1 += v1[i] * x;
            sum2 += v2[i] * x;
            sum3 += v3[i] * x;
        }

        var (s0, s1, s2, s3) = (Vector.Sum(sum0), Vector.Sum(sum1), Vector.Sum(sum2), Vector.Sum(sum3));
        for (var i = v0.Length * Vector<float>.Count; i < b.Length; i++)
        {
            s0 += a0[i] * b[i];
            s1 += a1[i] * b[i];
            s2 += a2[i] * b[i];
            s3 += a3[i] * b[i];
        }

        return (s0, s1, s2, s3);
    }

    /// <summary>target += weight * row</summary>
    public static void AddScaled(Span<double> target, ReadOnlySpan<float> row, float weight)
    {
        var rows = MemoryMarshal.Cast<float, Vector<float>>(row);
        var targets = MemoryMarshal.Cast<double, Vector<double>>(target);
        var factor = new Vector<double>(weight);
        for (var i = 0; i < rows.Length; i++)
        {
            Vector.Widen(rows[i], out var low, out var high);
            targets[2 * i] += low * factor;
            targets[2 * i + 1] += high * factor;
        }

        for (var i = rows.Length * Vector<float>.Count; i < row.Length; i++)
            target[i] += (double)row[i] * weight;
    }
}
