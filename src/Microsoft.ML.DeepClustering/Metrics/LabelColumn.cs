using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Metrics;

/// <summary>Reads a column of known classes.</summary>
internal static class LabelColumn
{
    /// <summary>The class of each row, numbered from 0 in the order in which they come; <see cref="LabelReader.Missing"/> where there is none.</summary>
    public static int[] Read(IDataView data, string name)
    {
        var column = data.Schema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(
            nameof(DeepClusteringOptions.LabelColumnName), name,
            $"The data have no column '{name}'; they have {string.Join(", ", data.Schema.Where(c => !c.IsHidden).Select(c => c.Name))}. Set LabelColumnName to the column of known classes, or to null.");
        using var cursor = data.GetRowCursor([column]);
        var labels = LabelReader.Create(cursor, column, nameof(DeepClusteringOptions.LabelColumnName));
        var classes = new List<int>();
        while (cursor.MoveNext())
            classes.Add(labels.Read());
        return [.. classes];
    }
}
