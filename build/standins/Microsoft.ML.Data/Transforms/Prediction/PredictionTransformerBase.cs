using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Base of transformers that score with a model.</summary>
public abstract class PredictionTransformerBase<TModel> : IPredictionTransformer<TModel>, IDisposable
    where TModel : class
{
    private bool _disposed;

    private protected PredictionTransformerBase(IHost host, TModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Host = host;
        Model = model;
    }

    public TModel Model { get; }

    bool ITransformer.IsRowToRowMapper => true;

    private protected IHost Host { get; }

    public abstract DataViewSchema GetOutputSchema(DataViewSchema inputSchema);

    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new MappedDataView(input, MakeMapping(input.Schema));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new MappingRowMapper(MakeMapping(inputSchema));
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => SaveModel(ctx);

    public void Dispose()
    {
        if (!_disposed)
            (Model as IDisposable)?.Dispose();
        _disposed = true;
    }

    private protected abstract RowMapping MakeMapping(DataViewSchema inputSchema);

    private protected abstract void SaveModel(ModelSaveContext ctx);
}
