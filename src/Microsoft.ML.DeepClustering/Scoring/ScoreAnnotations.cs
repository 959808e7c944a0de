using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Internals;
using VectorKind = Microsoft.ML.SchemaShape.Column.VectorKind;

namespace Microsoft.ML.DeepClustering.Scoring;

/// <summary>
/// What ML.NET's own trainers say of a column of scores: that it comes of clustering, which columns come of one model, and what the values are.
/// The names and values are those of ML.NET, which keeps them internal. The embedding is no score and has none.
/// </summary>
internal static class ScoreAnnotations
{
    private const string SetId = "ScoreColumnSetId";
    private const string ScoreKind = "ScoreColumnKind";
    private const string ValueKind = "ScoreValueKind";
    private const string IsNormalized = "IsNormalized";

    /// <summary>The number of the model that scores: one more than the highest among the columns that it gets.</summary>
    public static uint NextSet(DataViewSchema input)
    {
        uint highest = 0;
        foreach (var annotations in input.Select(c => c.Annotations))
        {
            if (annotations.Schema.GetColumnOrNull(SetId) is not { Type: KeyDataViewType { RawType: var raw } } || raw != typeof(uint))
                continue;
            uint set = 0;
            annotations.GetValue(SetId, ref set);
            highest = Math.Max(highest, set);
        }

        return highest + 1;
    }

    /// <summary>The annotations of a column; null for the embedding.</summary>
    /// <param name="kind">The column.</param>
    /// <param name="set">The number of the model that scores.</param>
    public static DataViewSchema.Annotations? Create(OutputKind kind, uint set)
    {
        if (kind == OutputKind.Embedding)
            return null;
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add(SetId, new KeyDataViewType(typeof(uint), int.MaxValue), (ref uint value) => value = set);
        AddText(builder, ScoreKind, "Clustering");
        // PredictedLabel, Score, Probability: ML.NET's words are the same.
        AddText(builder, ValueKind, kind.ToString());
        if (kind == OutputKind.Probability)
            builder.Add(IsNormalized, BooleanDataViewType.Instance, (ref bool value) => value = true);
        return builder.ToAnnotations();
    }

    /// <summary>The annotations of a column before there is a model; null for the embedding.</summary>
    public static SchemaShape? Shape(OutputKind kind)
    {
        if (kind == OutputKind.Embedding)
            return null;
        List<SchemaShape.Column> columns =
        [
            MachineLearningInternals.Column(SetId, VectorKind.Scalar, NumberDataViewType.UInt32, isKey: true),
            MachineLearningInternals.Column(ScoreKind, VectorKind.Scalar, TextDataViewType.Instance, isKey: false),
            MachineLearningInternals.Column(ValueKind, VectorKind.Scalar, TextDataViewType.Instance, isKey: false),
        ];
        if (kind == OutputKind.Probability)
            columns.Add(MachineLearningInternals.Column(IsNormalized, VectorKind.Scalar, BooleanDataViewType.Instance, isKey: false));
        return new SchemaShape(columns);
    }

    private static void AddText(DataViewSchema.Annotations.Builder builder, string name, string text)
        => builder.Add(name, TextDataViewType.Instance, (ref ReadOnlyMemory<char> value) => value = text.AsMemory());
}
