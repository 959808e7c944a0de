using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Internals;
using VectorKind = Microsoft.ML.SchemaShape.Column.VectorKind;

namespace Microsoft.ML.DeepClustering.Scoring;

/// <summary>One of the columns that a transformer adds.</summary>
internal enum OutputKind
{
    PredictedLabel,
    Score,
    Probability,
    Embedding,
}

/// <summary>The columns that a transformer adds, in their order: PredictedLabel, Score, Probability, Embedding, without those whose name is null.</summary>
internal static class OutputColumns
{
    /// <summary>The new columns that have names, in their order.</summary>
    public static IReadOnlyList<(OutputKind Kind, string Name)> Named(DeepClusteringOptions options)
    {
        (OutputKind Kind, string? Name)[] all =
        [
            (OutputKind.PredictedLabel, options.PredictedLabelColumnName),
            (OutputKind.Score, options.ScoreColumnName),
            (OutputKind.Probability, options.ProbabilityColumnName),
            (OutputKind.Embedding, options.EmbeddingColumnName),
        ];
        return all.Where(c => c.Name != null).Select(c => (c.Kind, c.Name!)).ToArray();
    }

    /// <summary>The schema after scoring: the input's columns first, then the new ones.</summary>
    public static DataViewSchema Schema(DataViewSchema input, TrainedModel model)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        var set = ScoreAnnotations.NextSet(input);
        foreach (var (kind, name) in Named(model.Options))
            builder.AddColumn(name, TypeOf(kind, model), ScoreAnnotations.Create(kind, set));
        return builder.ToSchema();
    }

    /// <summary>The schema after scoring as a <see cref="SchemaShape"/>, before there is a model.</summary>
    public static SchemaShape Shape(SchemaShape input, DeepClusteringOptions options)
    {
        // Of columns of one name the last is the one that the name stands for.
        var columns = new Dictionary<string, SchemaShape.Column>();
        foreach (var column in input)
            columns[column.Name] = column;
        foreach (var (kind, name) in Named(options))
        {
            columns[name] = kind == OutputKind.PredictedLabel
                ? MachineLearningInternals.Column(name, VectorKind.Scalar, NumberDataViewType.UInt32, isKey: true, ScoreAnnotations.Shape(kind))
                : MachineLearningInternals.Column(name, VectorKind.Vector, NumberDataViewType.Single, isKey: false, ScoreAnnotations.Shape(kind));
        }

        return new SchemaShape(columns.Values);
    }

    private static DataViewType TypeOf(OutputKind kind, TrainedModel model) => kind switch
    {
        OutputKind.PredictedLabel => new KeyDataViewType(typeof(uint), model.NumberOfClusters),
        OutputKind.Embedding => new VectorDataViewType(NumberDataViewType.Single, model.EmbeddingSize),
        _ => new VectorDataViewType(NumberDataViewType.Single, model.NumberOfClusters),
    };
}
