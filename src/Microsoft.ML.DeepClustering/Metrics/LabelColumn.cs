using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Metrics;

/// <summary>Reads a column of known classes.</summary>
internal static class LabelColumn
{
    /// <summary>The class of each row, numbered from 0 in the order in which they come; <see cref="LabelReader.Missing"/> where there is none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column, or it cannot be told apart as classes.</exception>
    /// <exception cref="InvalidOperationException">The data give their rows in another order each time.</exception>
    public static int[] Read(IDataView data, string name)
    {
        var column = data.Schema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(
            nameof(DeepClusteringOptions.LabelColumnName), name,
            $"The data have no column '{name}'; they have {string.Join(", ", data.Schema.Where(c => !c.IsHidden).Select(c => c.Name))}. Set LabelColumnName to the column of known classes, or to null.");
        using var cursor = data.GetRowCursor([column]);
        using var again = data.GetRowCursor([]);
        var labels = LabelReader.Create(cursor, column, nameof(DeepClusteringOptions.LabelColumnName));
        var classes = new List<int>();
        var (getId, getOtherId) = (cursor.GetIdGetter(), again.GetIdGetter());
        var (id, other) = (default(DataViewRowId), default(DataViewRowId));
        while (cursor.MoveNext())
        {
            getId(ref id);
            if (again.MoveNext())
                getOtherId(ref other);
            // The features were read in a pass of their own.
            if (!id.Equals(other))
                throw new InvalidOperationException($"Two passes over the data gave the rows in different orders, so the labels in '{name}' cannot be joined to the features; cache the data with mlContext.Data.Cache before training.");
            classes.Add(labels.Read());
        }

        return [.. classes];
    }
}
