namespace Microsoft.ML.DeepClustering.Metrics;

/// <summary>K-means on the features, and on the embedding where there is one.</summary>
internal sealed class KMeansComparison(DataViewSchema.Column features, DataViewSchema.Column? embedding, DeepClusteringEvaluationOptions options) : IDisposable
{
    private readonly KMeansEvaluation _features = new(features, options);
    private readonly KMeansEvaluation? _embedding = embedding is { } column && column.Index != features.Index ? new(column, options) : null;

    /// <summary>A function that takes the class of the current row of a cursor, or <see cref="Data.LabelReader.Missing"/>, and its place in the data.</summary>
    public Action<int, long> Adder(DataViewRow row)
    {
        var (addFeatures, addEmbedding) = (_features.Adder(row), _embedding?.Adder(row));
        return (label, place) =>
        {
            addFeatures(label, place);
            addEmbedding?.Invoke(label, place);
        };
    }

    /// <summary>What k-means finds in the rows that were added.</summary>
    public KMeansYardsticks Finish(int numberOfClusters, IReadOnlyList<(int Number, string Name)> classes)
        => new(_features.Finish(numberOfClusters, classes), _embedding?.Finish(numberOfClusters, classes));

    public void Dispose()
    {
        _features.Dispose();
        _embedding?.Dispose();
    }
}
