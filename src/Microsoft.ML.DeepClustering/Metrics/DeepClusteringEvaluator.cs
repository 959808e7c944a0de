using System.Runtime.InteropServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Metrics;

/// <summary>One pass over the label and the predicted cluster of each row.</summary>
internal sealed class DeepClusteringEvaluator(string? labelColumnName, string predictedLabelColumnName, MutualInformationAveraging averaging)
{
    // A key type of more values than this is taken as open-ended: only the clusters up to the highest seen are listed.
    private const int MostClusters = 1 << 20;

    public DeepClusteringMetrics Evaluate(IDataView data)
    {
        var predicted = Find(data.Schema, predictedLabelColumnName, nameof(predictedLabelColumnName), "name the column that a clustering transformer wrote");
        DataViewSchema.Column? label = labelColumnName == null
            ? null
            : Find(data.Schema, labelColumnName, nameof(labelColumnName), "name the column of known classes, or null for the measures that need none");

        using var cursor = data.GetRowCursor(label == null ? [predicted] : [label.Value, predicted]);
        var readCluster = ClusterReader.Create(cursor, predicted) ?? throw new ArgumentOutOfRangeException(
            nameof(predictedLabelColumnName), predicted.Name,
            $"Column '{predicted.Name}' has the type {predicted.Type}; a predicted cluster must be a key, as in the PredictedLabel column of a clustering transformer.");
        var labels = label == null ? null : LabelReader.Create(cursor, label.Value) ?? throw new ArgumentOutOfRangeException(
            nameof(labelColumnName), labelColumnName,
            $"Column '{labelColumnName}' has the type {label.Value.Type}; a label must be a key, a single number, a bool or a text. Convert it, for example with MapValueToKey.");
        return Evaluate(cursor, labels, readCluster, ((KeyDataViewType)predicted.Type).Count);
    }

    private DeepClusteringMetrics Evaluate(DataViewRowCursor cursor, LabelReader? labels, Func<ulong> readCluster, ulong clusterCount)
    {
        var (classes, clusters) = (new List<int>(), new List<int>());
        var sizes = new List<long>(new long[clusterCount <= MostClusters ? (int)clusterCount : 0]);
        long rows = 0, withoutLabel = 0, withoutPrediction = 0;
        for (; cursor.MoveNext(); rows++)
        {
            var label = labels?.Read() ?? LabelReader.Missing;
            var cluster = Count(readCluster(), sizes, rows);
            withoutLabel += label == LabelReader.Missing ? 1 : 0;
            withoutPrediction += cluster == null ? 1 : 0;
            if (label == LabelReader.Missing || cluster == null)
                continue;
            classes.Add(label);
            clusters.Add(cluster.Value);
        }

        if (rows == 0)
            throw new InvalidOperationException("The data has 0 rows; evaluating needs at least one. Pass the output of Transform on data that has rows.");

        var table = ContingencyTable.From(CollectionsMarshal.AsSpan(classes), CollectionsMarshal.AsSpan(clusters));
        return new DeepClusteringMetrics(table, averaging, sizes.AsReadOnly())
        {
            RowCount = rows,
            RowsWithoutLabel = withoutLabel,
            RowsWithoutPrediction = withoutPrediction,
        };
    }

    /// <summary>Counts the cluster of a key and returns its number from 0, null if the key is missing.</summary>
    private int? Count(ulong key, List<long> sizes, long row)
    {
        if (key == 0)
            return null;
        if (key > MostClusters)
        {
            throw new InvalidOperationException(
                $"Row {row} of column '{predictedLabelColumnName}' has the key {key}; at most {MostClusters} clusters can be evaluated. Name the column of predicted clusters.");
        }

        if (key > (ulong)sizes.Count)
            sizes.AddRange(new long[(int)key - sizes.Count]);
        sizes[(int)key - 1]++;
        return (int)key - 1;
    }

    private static DataViewSchema.Column Find(DataViewSchema schema, string name, string parameter, string remedy)
        => schema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(
            parameter, name,
            $"The data has no column '{name}', only: {string.Join(", ", schema.Where(c => !c.IsHidden).Select(c => c.Name))}; {remedy}.");
}
