using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Finding and adding columns of schemas and of their shapes.</summary>
internal static class Shapes
{
    public static SchemaShape.Column Of(string name, PrimitiveDataViewType itemType,
        SchemaShape.Column.VectorKind kind = SchemaShape.Column.VectorKind.Scalar)
        => new(name, kind, itemType, false);

    public static DataViewSchema.Column Require(this DataViewSchema schema, string name, string role = "input")
        => schema.GetColumnOrNull(name) ?? throw Contracts.ExceptSchemaMismatch(null, "inputSchema", role, name);

    public static SchemaShape.Column Require(this SchemaShape shape, string name, string role = "input")
        => shape.TryFindColumn(name, out var column) ? column : throw Contracts.ExceptSchemaMismatch(null, "inputSchema", role, name);

    public static Exception Mismatch(string role, string name, string expected, string actual)
        => Contracts.ExceptSchemaMismatch(null, "inputSchema", role, name, expected, actual);

    public static bool Has(this SchemaShape annotations, string kind) => annotations.TryFindColumn(kind, out _);

    /// <summary>The shape with columns added, each in place of one of its name.</summary>
    public static SchemaShape With(this SchemaShape shape, params IEnumerable<SchemaShape.Column> columns)
    {
        var byName = shape.ToDictionary(column => column.Name);
        foreach (var column in columns)
            byName[column.Name] = column;
        return new SchemaShape(byName.Values);
    }
}
