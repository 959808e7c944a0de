using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

/// <summary>Base of trainers: checks the columns, trains, and wraps the model in its transformer.</summary>
public abstract class TrainerEstimatorBase<TTransformer, TModel> : ITrainerEstimator<TTransformer, TModel>
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    /// <summary>The feature column that the trainer expects.</summary>
    public readonly SchemaShape.Column FeatureColumn;

    /// <summary>The label column that the trainer expects; without a name if it uses none.</summary>
    public readonly SchemaShape.Column LabelColumn;

    /// <summary>The weight column that the trainer expects; without a name if it uses none.</summary>
    public readonly SchemaShape.Column WeightColumn;

    private protected TrainerEstimatorBase(IHost host, SchemaShape.Column feature, SchemaShape.Column label, SchemaShape.Column weight = default)
    {
        ArgumentNullException.ThrowIfNull(host);
        Host = host;
        FeatureColumn = feature;
        LabelColumn = label;
        WeightColumn = weight;
    }

    public abstract TrainerInfo Info { get; }

    private protected IHost Host { get; }

    public TTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        CheckInputSchema(SchemaShape.Create(input.Schema));
        return MakeTransformer(TrainModelCore(input), input.Schema);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        CheckInputSchema(inputSchema);
        return inputSchema.With(GetOutputColumnsCore(inputSchema));
    }

    private protected abstract SchemaShape.Column[] GetOutputColumnsCore(SchemaShape inputSchema);

    private protected abstract TModel TrainModelCore(IDataView data);

    private protected abstract TTransformer MakeTransformer(TModel model, DataViewSchema trainSchema);

    private void CheckInputSchema(SchemaShape inputSchema)
    {
        Check(inputSchema, FeatureColumn, "feature");
        Check(inputSchema, LabelColumn, "label");
        Check(inputSchema, WeightColumn, "weight");
    }

    private static void Check(SchemaShape inputSchema, SchemaShape.Column expected, string role)
    {
        if (!expected.IsValid)
            return;
        var found = inputSchema.Require(expected.Name, role);
        if (!expected.IsCompatibleWith(found))
            throw Shapes.Mismatch(role, expected.Name, expected.GetTypeString(), found.GetTypeString());
    }
}
