using System.Globalization;
using System.Text.Json.Nodes;

namespace Microsoft.ML.Data;

/// <summary>The values of annotations as JSON, each as its text.</summary>
internal static class ValueJson
{
    public static bool CanWrite(DataViewType type)
        => (type is VectorDataViewType vector ? vector.ItemType : type) is NumberDataViewType or TextDataViewType or BooleanDataViewType or KeyDataViewType;

    public static JsonArray Write(DataViewSchema.Annotations annotations, DataViewSchema.Column column)
        => column.Type is VectorDataViewType vector
            ? Generic.Call<JsonArray>(WriteVector<float>, [vector.ItemType.RawType], annotations, column)
            : Generic.Call<JsonArray>(WriteScalar<float>, [column.Type.RawType], annotations, column);

    public static Delegate MakeGetter(DataViewType type, JsonNode json)
    {
        var texts = json.AsArray().Select(text => (string)text).ToArray();
        return type is VectorDataViewType vector
            ? Generic.Call<Delegate>(VectorGetter<float>, [vector.ItemType.RawType], (object)texts)
            : Generic.Call<Delegate>(ScalarGetter<float>, [type.RawType], (object)texts);
    }

    private static JsonArray WriteScalar<T>(DataViewSchema.Annotations annotations, DataViewSchema.Column column)
    {
        T value = default;
        annotations.GetGetter<T>(column)(ref value);
        return [ToText(value)];
    }

    private static JsonArray WriteVector<T>(DataViewSchema.Annotations annotations, DataViewSchema.Column column)
    {
        VBuffer<T> value = default;
        annotations.GetGetter<VBuffer<T>>(column)(ref value);
        return new JsonArray([.. value.DenseValues().Select(item => JsonValue.Create(ToText(item)))]);
    }

    private static Delegate ScalarGetter<T>(string[] texts)
    {
        var value = FromText<T>(texts[0]);
        return (ValueGetter<T>)((ref T target) => target = value);
    }

    private static Delegate VectorGetter<T>(string[] texts)
    {
        var values = new VBuffer<T>(texts.Length, Array.ConvertAll(texts, FromText<T>));
        return (ValueGetter<VBuffer<T>>)((ref VBuffer<T> target) => values.CopyTo(ref target));
    }

    private static string ToText<T>(T value)
        => value is ReadOnlyMemory<char> text ? text.ToString() : Convert.ToString(value, CultureInfo.InvariantCulture);

    private static T FromText<T>(string text)
        => typeof(T) == typeof(ReadOnlyMemory<char>)
            ? (T)(object)text.AsMemory()
            : (T)Convert.ChangeType(text, typeof(T), CultureInfo.InvariantCulture);
}
