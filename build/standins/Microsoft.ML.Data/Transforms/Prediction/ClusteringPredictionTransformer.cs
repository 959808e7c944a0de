using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Adds the cluster of each row and its distances to all clusters.</summary>
public sealed class ClusteringPredictionTransformer<TModel> : SingleFeaturePredictionTransformerBase<TModel>
    where TModel : class
{
    internal ClusteringPredictionTransformer(IHostEnvironment env, TModel model, string featureColumnName)
        : base(env.Register("ClusteringPredictionTransformer"), model, featureColumnName,
            new VectorDataViewType(NumberDataViewType.Single, ((IClusteringModel)model).FeatureCount))
    {
    }

    private protected override RowMapping MakeMapping(DataViewSchema inputSchema, DataViewSchema.Column feature)
        => new ClusteringRowMapping(inputSchema, feature, (IClusteringModel)Model);

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.Begin(ClusteringPredictionLoader.Version).Write(FeatureColumnName);
        ctx.SaveModel((IClusteringModel)Model, ClusteringPredictionLoader.ModelName);
    }
}
