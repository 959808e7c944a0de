using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Scoring;

/// <summary>Maps the columns of one input schema to those after scoring.</summary>
internal sealed class ScoringMapper : IRowToRowMapper
{
    public ScoringMapper(DataViewSchema input, TrainedModel model)
    {
        Model = model;
        InputSchema = input;
        FeatureColumn = Data.FeatureColumn.Find(input, model.Options.FeatureColumnName);
        var size = ((VectorDataViewType)FeatureColumn.Type).Size;
        if (size != model.Shape.Size)
        {
            throw new ArgumentOutOfRangeException(
                nameof(input),
                $"The column '{FeatureColumn.Name}' has {size} values, but the model was trained with {model.Shape.Size} ({model.Shape}); bring the features to that size.");
        }

        if (model.Shape.Layout is { } layout)
            Data.FeatureColumn.CheckOrder(FeatureColumn, layout);
        OutputSchema = OutputColumns.Schema(input, model);
        Outputs = OutputColumns.Named(model.Options).Select(c => c.Kind).ToArray();
    }

    public TrainedModel Model { get; }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    public DataViewSchema.Column FeatureColumn { get; }

    /// <summary>The kinds of the new columns; the first stands at index <c>InputSchema.Count</c>.</summary>
    public IReadOnlyList<OutputKind> Outputs { get; }

    /// <summary>The columns of the output schema that are asked for, each once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is of another schema.</exception>
    public IReadOnlyList<DataViewSchema.Column> Active(IEnumerable<DataViewSchema.Column> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var active = columns.DistinctBy(c => c.Index).ToArray();
        foreach (var column in active)
        {
            if (column.Index >= OutputSchema.Count || OutputSchema[column.Index].Name != column.Name)
                throw new ArgumentOutOfRangeException(nameof(columns), $"The column '{column.Name}' at {column.Index} is not one of this data's ({string.Join(", ", OutputSchema.Select(c => c.Name))}); take columns from its own Schema.");
        }

        return active;
    }

    /// <summary>The columns of the input that are among those asked for.</summary>
    public IReadOnlyList<DataViewSchema.Column> PassedThrough(IEnumerable<DataViewSchema.Column> active)
        => active.Where(c => !IsNew(c)).Select(c => InputSchema[c.Index]).ToArray();

    public bool IsNew(DataViewSchema.Column column) => column.Index >= InputSchema.Count;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        var active = dependingColumns.ToArray();
        var indices = active.Where(c => !IsNew(c)).Select(c => c.Index).ToHashSet();
        if (active.Any(IsNew))
            indices.Add(FeatureColumn.Index);
        return InputSchema.Where(c => indices.Contains(c.Index)).ToArray();
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new ScoredRow(this, input, activeColumns);
    }

    /// <summary>The getter of a new column; <paramref name="current"/> gives the scores and the place of the current row.</summary>
    public ValueGetter<TValue> Getter<TValue>(DataViewSchema.Column column, Func<(ScoredRows Scores, int Row)> current)
    {
        Delegate getter = Outputs[column.Index - InputSchema.Count] switch
        {
            OutputKind.PredictedLabel => (ValueGetter<uint>)((ref uint value) =>
            {
                var (scores, row) = current();
                value = scores.Label(row);
            }),
            OutputKind.Score => VectorGetter((scores, row) => scores.Distances(row)),
            OutputKind.Probability => VectorGetter((scores, row) => scores.Probabilities(row)),
            _ => VectorGetter((scores, row) => scores.Embedding(row)),
        };
        return getter as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"The column '{column.Name}' is {column.Type}; it cannot be read as {typeof(TValue).Name}.");

        ValueGetter<VBuffer<float>> VectorGetter(SpanOf span) => (ref VBuffer<float> value) =>
        {
            var (scores, row) = current();
            var source = span(scores, row);
            var editor = VBufferEditor.Create(ref value, source.Length);
            source.CopyTo(editor.Values);
            value = editor.Commit();
        };
    }

    private delegate ReadOnlySpan<float> SpanOf(ScoredRows scores, int row);
}
