using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <inheritdoc cref="PredictionEngineBase{TSrc, TDst}"/>
public sealed class PredictionEngine<TSrc, TDst> : PredictionEngineBase<TSrc, TDst>
    where TSrc : class
    where TDst : class, new()
{
    internal PredictionEngine(ITransformer transformer, PredictionEngineOptions options, SchemaDefinition inputDefinition)
        : base(transformer, options, inputDefinition)
    {
    }

    public override void Predict(TSrc example, ref TDst prediction) => Fill(example, ref prediction);
}
