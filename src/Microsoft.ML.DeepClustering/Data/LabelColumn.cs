using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Data;

/// <summary>Finds the column of known classes that a training is compared with.</summary>
internal static class LabelColumn
{
    /// <summary>The column that the options name, or null when the training records no performance against classes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    public static DataViewSchema.Column? Find(DataViewSchema schema, DeepClusteringOptions options)
    {
        if (options is not { RecordPerformance: true, LabelColumnName: { } name })
            return null;
        return schema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(
            nameof(DeepClusteringOptions.LabelColumnName), name,
            $"The data have no column '{name}'; they have {string.Join(", ", schema.Where(c => !c.IsHidden).Select(c => c.Name))}. Set LabelColumnName to the column of known classes, or to null.");
    }
}
