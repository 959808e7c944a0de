using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Metrics;

/// <summary>Reads a column of known classes.</summary>
internal static class LabelColumn
{
    /// <summary>The class of each row, numbered from 0 in the order in which they come; <see cref="LabelReader.Missing"/> where there is none.</summary>
    public static int[] Read(IDataView data, string name)
    {
        var column = data.Schema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(
            nameof(name), name,
            $"The data have no column '{name}'; they have {string.Join(", ", data.Schema.Where(c => !c.IsHidden).Select(c => c.Name))}. Set LabelColumnName to the column of known classes, or to null.");
        using var cursor = data.GetRowCursor([column]);
        var labels = LabelReader.Create(cursor, column) ?? throw new ArgumentOutOfRangeException(
            nameof(name), name, $"Column '{name}' has the type {column.Type}; a label must be a key, a single number, a bool or a text. Convert it, for example with MapValueToKey.");
        var classes = new List<int>();
        while (cursor.MoveNext())
            classes.Add(labels.Read());
        return [.. classes];
    }
}
