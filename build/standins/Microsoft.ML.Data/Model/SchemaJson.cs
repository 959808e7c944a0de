using System.Text.Json.Nodes;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A schema as JSON: its visible columns with their types and those annotations that are plain values.</summary>
internal static class SchemaJson
{
    public static byte[] Write(DataViewSchema schema) => System.Text.Encoding.UTF8.GetBytes(ToJson(schema).ToJsonString());

    public static DataViewSchema Read(Stream stream)
    {
        try
        {
            var builder = new DataViewSchema.Builder();
            foreach (var column in JsonNode.Parse(stream).AsArray())
                builder.AddColumn((string)column["name"], TypeJson.Read(column["type"]), ReadAnnotations(column["annotations"]));
            return builder.ToSchema();
        }
        catch (Exception fault)
        {
            // Whatever damaged JSON makes of types, sizes and values.
            throw Contracts.ExceptDecode(null, $"Corrupt model file: the schema cannot be read. {fault.GetBaseException().Message.ReplaceLineEndings(" ")}");
        }
    }

    private static JsonArray ToJson(DataViewSchema schema)
    {
        var columns = new JsonArray();
        foreach (var column in schema.Where(column => !column.IsHidden))
        {
            columns.Add(new JsonObject
            {
                ["name"] = column.Name,
                ["type"] = TypeJson.Write(column.Type),
                ["annotations"] = WriteAnnotations(column.Annotations),
            });
        }

        return columns;
    }

    private static JsonArray WriteAnnotations(DataViewSchema.Annotations annotations)
    {
        var values = new JsonArray();
        foreach (var column in annotations.Schema.Where(column => ValueJson.CanWrite(column.Type)))
        {
            values.Add(new JsonObject
            {
                ["kind"] = column.Name,
                ["type"] = TypeJson.Write(column.Type),
                ["value"] = ValueJson.Write(annotations, column),
            });
        }

        return values;
    }

    private static DataViewSchema.Annotations ReadAnnotations(JsonNode values)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        foreach (var value in values.AsArray())
        {
            var type = TypeJson.Read(value["type"]);
            builder.Add((string)value["kind"], type, ValueJson.MakeGetter(type, value["value"]));
        }

        return builder.ToAnnotations();
    }
}
