using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Data;

/// <summary>Finds the column of the rows' weights.</summary>
internal static class WeightColumn
{
    /// <summary>The column of this name; null for none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column, or it is not a single <see cref="float"/>.</exception>
    public static DataViewSchema.Column? Find(DataViewSchema schema, string? name)
    {
        if (name is null)
            return null;
        var column = schema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(nameof(schema), Missing(name, schema.Where(c => !c.IsHidden).Select(c => c.Name)));
        return column.Type.Equals(NumberDataViewType.Single) ? column : throw new ArgumentOutOfRangeException(nameof(schema), WrongType(name, column.Type.ToString()!));
    }

    /// <summary>Checks the column of a <see cref="SchemaShape"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column, or it is not a single <see cref="float"/>.</exception>
    public static void Check(SchemaShape schema, string? name)
    {
        if (name is null)
            return;
        var found = schema.Where(c => c.Name == name).ToArray();
        if (found.Length == 0)
            throw new ArgumentOutOfRangeException(nameof(schema), Missing(name, schema.Select(c => c.Name)));
        var column = found[^1];
        if (column.Kind != SchemaShape.Column.VectorKind.Scalar || !column.ItemType.Equals(NumberDataViewType.Single) || column.IsKey)
            throw new ArgumentOutOfRangeException(nameof(schema), WrongType(name, $"{column.Kind} of {column.ItemType}"));
    }

    private static string Missing(string name, IEnumerable<string> names)
        => $"The data have no column '{name}'; they have {string.Join(", ", names.Distinct())}. Set ExampleWeightColumnName to the column of the rows' weights, or to null.";

    private static string WrongType(string name, string type)
        => $"The column '{name}' is {type}; a weight must be a Single, one a row. Use ConvertType, or set ExampleWeightColumnName to null.";
}
