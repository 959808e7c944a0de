using System.Reflection;
using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Data;

/// <summary>The values that a key column's annotation gives for its keys, as text.</summary>
internal static class KeyNames
{
    private const string Annotation = "KeyValues";

    private static readonly MethodInfo Reader = typeof(KeyNames).GetMethod(nameof(Read), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>The value of key 1 first; empty without the annotation.</summary>
    public static IReadOnlyList<string> Of(DataViewSchema.Column column)
        => column.Annotations.Schema.GetColumnOrNull(Annotation)?.Type is VectorDataViewType values
            ? (IReadOnlyList<string>)Reader.MakeGenericMethod(values.ItemType.RawType).Invoke(null, [column])!
            : [];

    private static string[] Read<T>(DataViewSchema.Column column)
        where T : notnull
    {
        VBuffer<T> values = default;
        column.GetKeyValues(ref values);
        return values.DenseValues().Select(v => LabelReader.TextOf(v)).ToArray();
    }
}
