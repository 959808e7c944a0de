using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Metrics.Embedding;
using Microsoft.ML.DeepClustering.Metrics.Partition;

namespace Microsoft.ML.DeepClustering.Metrics;

/// <summary>
/// Reads the label, the predicted cluster and the embedding of each row once, in a stream: its memory does not grow with the rows, but for the
/// comparison with k-means.
/// </summary>
internal sealed class DeepClusteringEvaluator(DeepClusteringEvaluationOptions options)
{
    /// <summary>The most values of embeddings to keep in memory; what is more goes to a temporary file.</summary>
    public long MaximumValuesInMemory { get; init; } = EmbeddingEvaluation.DefaultMaximumValuesInMemory;

    public DeepClusteringMetrics Evaluate(IDataView data)
    {
        var columns = EvaluatedColumns.Find(data.Schema, options);
        using var embeddings = columns.Embedding is { } embedding ? new EmbeddingEvaluation(embedding, options, MaximumValuesInMemory) : null;
        using var kmeans = columns.Features is { } features ? new KMeansComparison(features, columns.Embedding, options) : null;
        var clusters = new ClusterCounter(columns.Predicted.Name, (columns.Predicted.Type as KeyDataViewType)?.Count ?? 0);
        var contingency = new ContingencyCounter();
        long rows = 0, withoutLabel = 0, withoutPrediction = 0;

        using var cursor = data.GetRowCursor(new[] { columns.Label, columns.Predicted, columns.Embedding, columns.Features }.OfType<DataViewSchema.Column>());
        var labels = columns.Label is { } label ? LabelReader.Create(cursor, label, "labelColumnName") : null;
        var readCluster = KeyReader.Create(cursor, columns.Predicted)!;
        var addEmbedding = embeddings?.Adder(cursor);
        var addToKMeans = kmeans?.Adder(cursor);
        for (; cursor.MoveNext(); rows++)
        {
            var number = labels?.Read() ?? LabelReader.Missing;
            var cluster = clusters.Add(readCluster(), rows);
            withoutLabel += number == LabelReader.Missing ? 1 : 0;
            withoutPrediction += cluster == null ? 1 : 0;
            if (cluster == null)
                continue;
            if (number != LabelReader.Missing)
                contingency.Add(number, cluster.Value);
            addEmbedding?.Invoke(cluster.Value, rows);
            addToKMeans?.Invoke(number, rows);
        }

        if (rows == 0)
            throw new InvalidOperationException("The data has 0 rows; evaluating needs at least one. Pass the output of Transform on data that has rows.");
        var classes = labels?.Classes() ?? [];
        var table = contingency.ToTable(classes, clusters.Sizes.Count);
        return new DeepClusteringMetrics(table, options.Averaging, clusters.Sizes, embeddings?.Finish(), kmeans?.Finish(clusters.Sizes.Count, classes))
        {
            RowCount = rows,
            RowsWithoutLabel = withoutLabel,
            RowsWithoutPrediction = withoutPrediction,
        };
    }
}
