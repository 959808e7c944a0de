using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Base of transformers that score one feature column.</summary>
public abstract class SingleFeaturePredictionTransformerBase<TModel> : PredictionTransformerBase<TModel>, ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    private protected SingleFeaturePredictionTransformerBase(IHost host, TModel model, string featureColumnName, DataViewType featureColumnType)
        : base(host, model)
    {
        FeatureColumnName = featureColumnName;
        FeatureColumnType = featureColumnType;
    }

    public string FeatureColumnName { get; }

    public DataViewType FeatureColumnType { get; }

    public sealed override DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return MakeMapping(inputSchema).OutputSchema;
    }

    private protected sealed override RowMapping MakeMapping(DataViewSchema inputSchema)
    {
        var feature = inputSchema.Require(FeatureColumnName, "feature");
        if (feature.Type is not VectorDataViewType vector || FeatureColumnType is not VectorDataViewType expected
            || !vector.ItemType.Equals(expected.ItemType) || vector.Size != expected.Size)
        {
            throw Shapes.Mismatch("feature", FeatureColumnName, FeatureColumnType.ToString(), feature.Type.ToString());
        }

        return MakeMapping(inputSchema, feature);
    }

    private protected abstract RowMapping MakeMapping(DataViewSchema inputSchema, DataViewSchema.Column feature);
}
