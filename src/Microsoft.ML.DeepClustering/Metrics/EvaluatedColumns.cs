using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Data;

namespace Microsoft.ML.DeepClustering.Metrics;

/// <summary>The columns that an evaluation reads.</summary>
/// <param name="Predicted">The predicted clusters, a key.</param>
/// <param name="Label">The known classes, or null.</param>
/// <param name="Embedding">A vector of known size of Single, or null.</param>
/// <param name="Features">A vector of known size of Single that k-means is run on, or null.</param>
internal sealed record EvaluatedColumns(DataViewSchema.Column Predicted, DataViewSchema.Column? Label, DataViewSchema.Column? Embedding, DataViewSchema.Column? Features)
{
    private const string DefaultEmbedding = "Embedding";

    /// <summary>Finds the columns and checks their types, but for the label's, which <see cref="LabelReader"/> knows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A named column is missing or its type does not fit.</exception>
    public static EvaluatedColumns Find(DataViewSchema schema, DeepClusteringEvaluationOptions options)
    {
        var predicted = Find(schema, options.PredictedLabelColumnName, "predictedLabelColumnName", "name the column that a clustering transformer wrote");
        if (!KeyReader.CanRead(predicted.Type))
        {
            throw new ArgumentOutOfRangeException(
                "predictedLabelColumnName", predicted.Name,
                $"Column '{predicted.Name}' has the type {predicted.Type}; a predicted cluster must be a key, as in the PredictedLabel column of a clustering transformer, "
                + "or a whole number from 1 on, as in a uint member of the class that its rows were read back into.");
        }

        DataViewSchema.Column? label = options.LabelColumnName == null
            ? null
            : Find(schema, options.LabelColumnName, "labelColumnName", "name the column of known classes, or null for the measures that need none");
        DataViewSchema.Column? features = options.CompareWithKMeans
            ? FindVector(schema, options.FeatureColumnName, "featureColumnName", "name the column of features, or set CompareWithKMeans to false")
            : null;
        return new(predicted, label, FindEmbedding(schema, options.EmbeddingColumnName), features);
    }

    private static DataViewSchema.Column? FindEmbedding(DataViewSchema schema, string? name)
    {
        if (name == null)
            return schema.GetColumnOrNull(DefaultEmbedding) is { } found && IsVector(found.Type) ? found : null;
        return FindVector(schema, name, "embeddingColumnName", "name a column of vectors, or null for \"Embedding\" if there is one");
    }

    private static DataViewSchema.Column FindVector(DataViewSchema schema, string name, string parameter, string remedy)
    {
        var column = Find(schema, name, parameter, remedy);
        return IsVector(column.Type) ? column : throw new ArgumentOutOfRangeException(
            parameter, name,
            $"Column '{name}' has the type {column.Type}; it must be a vector of known size of Single. Use Concatenate, ConvertType, or a VectorType attribute with a size.");
    }

    private static bool IsVector(DataViewType type)
        => type is VectorDataViewType { IsKnownSize: true } vector && vector.ItemType.Equals(NumberDataViewType.Single);

    private static DataViewSchema.Column Find(DataViewSchema schema, string name, string parameter, string remedy)
        => schema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(
            parameter, name,
            $"The data has no column '{name}', only: {string.Join(", ", schema.Where(c => !c.IsHidden).Select(c => c.Name))}; {remedy}.");
}
