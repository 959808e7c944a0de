namespace Microsoft.ML.DeepClustering.Data;

/// <summary>Finds the column of known classes that a training is compared with.</summary>
internal static class LabelColumn
{
    /// <summary>The option that names the column, for errors.</summary>
    public const string Option = "LabelColumnName";

    /// <summary>The column of this name; null for none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    public static DataViewSchema.Column? Find(DataViewSchema schema, string? name)
    {
        if (name is null)
            return null;
        return schema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(Option, name, Missing(name, schema.Where(c => !c.IsHidden).Select(c => c.Name)));
    }

    /// <summary>The same of what a pipeline promises.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    public static void Check(SchemaShape schema, string? name)
    {
        if (name is not null && schema.All(c => c.Name != name))
            throw new ArgumentOutOfRangeException(nameof(schema), Missing(name, schema.Select(c => c.Name)));
    }

    private static string Missing(string name, IEnumerable<string> names)
        => $"The data have no column '{name}'; they have {string.Join(", ", names.Distinct())}. Set LabelColumnName to the column of known classes, or to null.";
}
