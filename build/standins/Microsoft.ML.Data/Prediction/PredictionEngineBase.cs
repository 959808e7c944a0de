using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Predicts one object from another. Not for several threads at a time.</summary>
public abstract class PredictionEngineBase<TSrc, TDst> : IDisposable
    where TSrc : class
    where TDst : class, new()
{
    private readonly ITransformer _transformer;
    private readonly bool _ownsTransformer;
    private readonly ObjectRow<TSrc> _input;
    private readonly DataViewRow _output;
    private readonly Action<TDst> _read;
    private bool _disposed;

    private protected PredictionEngineBase(ITransformer transformer, PredictionEngineOptions options, SchemaDefinition inputDefinition)
    {
        ArgumentNullException.ThrowIfNull(transformer);
        if (!transformer.IsRowToRowMapper)
            throw new ArgumentException("Must be a row to row mapper", nameof(transformer));
        _transformer = transformer;
        _ownsTransformer = options.OwnsTransformer;

        var columns = new ObjectColumns<TSrc>(inputDefinition ?? SchemaDefinition.Create(typeof(TSrc), SchemaDefinition.Direction.Read));
        var mapper = transformer.GetRowToRowMapper(columns.Schema);
        OutputSchema = mapper.OutputSchema;
        var reader = new RowReader<TDst>(OutputSchema, options.IgnoreMissingColumns, options.OutputSchemaDefinition);
        _input = new ObjectRow<TSrc>(columns);
        _output = mapper.GetRow(_input, OutputSchema);
        _read = reader.Start(_output);
    }

    public DataViewSchema OutputSchema { get; }

    public TDst Predict(TSrc example)
    {
        var prediction = new TDst();
        Predict(example, ref prediction);
        return prediction;
    }

    public abstract void Predict(TSrc example, ref TDst prediction);

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _output.Dispose();
        if (_ownsTransformer)
            (_transformer as IDisposable)?.Dispose();
    }

    private protected void Fill(TSrc example, ref TDst prediction)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _input.MoveTo(example);
        prediction ??= new TDst();
        _read(prediction);
    }
}
