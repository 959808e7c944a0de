using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Microsoft.ML.Data;

/// <summary>A type as JSON: the item's name, a key's count, a vector's dimensions.</summary>
internal static class TypeJson
{
    private static readonly PrimitiveDataViewType[] _primitives =
    [
        .. NumberDataViewType.All, TextDataViewType.Instance, BooleanDataViewType.Instance, DateTimeDataViewType.Instance,
        DateTimeOffsetDataViewType.Instance, TimeSpanDataViewType.Instance, RowIdDataViewType.Instance,
    ];

    public static JsonObject Write(DataViewType type)
    {
        var json = new JsonObject();
        if (type is VectorDataViewType vector)
        {
            json["dimensions"] = new JsonArray([.. vector.Dimensions.Select(dimension => JsonValue.Create(dimension))]);
            type = vector.ItemType;
        }

        if (type is KeyDataViewType key)
            json["keys"] = key.Count;
        json["item"] = type is KeyDataViewType ? _primitives.First(primitive => primitive.RawType == type.RawType).ToString() : Name(type);
        return json;
    }

    public static DataViewType Read(JsonNode json)
    {
        var name = (string)json["item"];
        var item = Array.Find(_primitives, primitive => primitive.ToString() == name)
            ?? throw new ArgumentException($"'{name}' is no type of a column.");
        if (json["keys"] is { } keys)
            item = new KeyDataViewType(item.RawType, (ulong)keys);
        return json["dimensions"] is { } dimensions
            ? new VectorDataViewType(item, dimensions.AsArray().Select(dimension => (int)dimension).ToImmutableArray())
            : item;
    }

    private static string Name(DataViewType type)
        => _primitives.Contains(type) ? type.ToString() : throw new NotSupportedException($"A schema with a column of type {type} cannot be saved.");
}
