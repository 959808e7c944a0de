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
        return schema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(
            Option, name,
            $"The data have no column '{name}'; they have {string.Join(", ", schema.Where(c => !c.IsHidden).Select(c => c.Name))}. Set LabelColumnName to the column of known classes, or to null.");
    }
}
