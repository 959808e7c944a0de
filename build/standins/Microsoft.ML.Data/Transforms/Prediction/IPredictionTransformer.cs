using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>A transformer that scores with a model.</summary>
public interface IPredictionTransformer<out TModel> : ITransformer
{
    TModel Model { get; }
}

/// <summary>A transformer that scores with a model of one feature column.</summary>
public interface ISingleFeaturePredictionTransformer<out TModel> : IPredictionTransformer<TModel>
{
    string FeatureColumnName { get; }

    DataViewType FeatureColumnType { get; }
}
