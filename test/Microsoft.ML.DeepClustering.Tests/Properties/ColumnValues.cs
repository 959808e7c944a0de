using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Tests.Properties;

/// <summary>The values of a column, whatever its type and whether or not another hides it.</summary>
internal static class ColumnValues
{
    public static object[] Read(IDataView view, int index) => Read(view, [index])[0];

    /// <summary>Several columns in one pass.</summary>
    public static object[][] Read(IDataView view, IReadOnlyList<int> indices)
    {
        using var cursor = view.GetRowCursor(indices.Select(i => view.Schema[i]));
        var readers = indices.Select(i => Reader(cursor, view.Schema[i])).ToArray();
        var values = readers.Select(_ => new List<object>()).ToArray();
        while (cursor.MoveNext())
        {
            for (var i = 0; i < readers.Length; i++)
                values[i].Add(readers[i]());
        }

        return Array.ConvertAll(values, v => v.ToArray());
    }

    /// <summary>Equal; floats within 1e-5 of the largest value of their vector and 1: scores of one row are sums of terms of the same size.</summary>
    public static bool AreClose(object expected, object actual) => (expected, actual) switch
    {
        (float[] a, float[] b) => a.Length == b.Length && a.Zip(b).All(p => Math.Abs(p.First - p.Second) <= 1e-5f * a.Max(v => Math.Max(1, Math.Abs(v)))),
        _ => AreEqual(expected, actual),
    };

    public static bool AreEqual(object expected, object actual) => (expected, actual) switch
    {
        (float[] a, float[] b) => a.SequenceEqual(b),
        (string[] a, string[] b) => a.SequenceEqual(b),
        _ => expected.Equals(actual),
    };

    private static Func<object> Reader(DataViewRow row, DataViewSchema.Column column)
    {
        var raw = column.Type.RawType;
        if (raw == typeof(VBuffer<float>))
            return Of<VBuffer<float>>(v => v.DenseValues().ToArray());
        if (raw == typeof(VBuffer<ReadOnlyMemory<char>>))
            return Of<VBuffer<ReadOnlyMemory<char>>>(v => v.DenseValues().Select(t => t.ToString()).ToArray());
        if (raw == typeof(ReadOnlyMemory<char>))
            return Of<ReadOnlyMemory<char>>(v => v.ToString());
        if (raw == typeof(float))
            return Of<float>(v => v);
        if (raw == typeof(double))
            return Of<double>(v => v);
        if (raw == typeof(bool))
            return Of<bool>(v => v);
        if (raw == typeof(uint))
            return Of<uint>(v => v);
        return raw == typeof(DateTime) ? Of<DateTime>(v => v) : throw new NotSupportedException(column.ToString());

        Func<object> Of<T>(Func<T, object> convert)
        {
            var getter = row.GetGetter<T>(column);
            T value = default!;
            return () =>
            {
                getter(ref value);
                return convert(value);
            };
        }
    }
}
