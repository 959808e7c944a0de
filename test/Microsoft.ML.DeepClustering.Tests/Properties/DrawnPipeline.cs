namespace Microsoft.ML.DeepClustering.Tests.Properties;

/// <summary>The data and the transformers of a case.</summary>
internal sealed class DrawnPipeline
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly PipelineCase _drawn;
    private readonly int[] _dimensions;
    private readonly DeepClusteringTransformer _model;
    private readonly ITransformer? _before;

    public DrawnPipeline(PipelineCase drawn, PropertyModels models)
    {
        _drawn = drawn;
        _dimensions = PropertyModels.Dimensions(drawn.Method);
        _model = models.Of(drawn);
        Rows = PropertyRow.Make(drawn, _dimensions.Aggregate((a, b) => a * b));
        Data = drawn.Steps.Aggregate(View(Rows), Step);
        _before = drawn.Source switch
        {
            FeatureSource.HidingOthers => _ml.Transforms.Concatenate(drawn.FeatureColumnName, drawn.Names[PropertyRow.Values]).Fit(Data),
            FeatureSource.Normalized => _ml.Transforms.NormalizeMinMax(drawn.FeatureColumnName).Fit(View(Rows)),
            _ => null,
        };
        Chain = _before is null ? _model : _before.Append(_model);
        Input = _before?.Transform(Data) ?? Data;
        Scored = Chain.Transform(Data);
    }

    /// <summary>The rows before any step.</summary>
    public PropertyRow[] Rows { get; }

    /// <summary>The rows that are scored.</summary>
    public IDataView Data { get; }

    /// <summary>What the model's transformer gets.</summary>
    public IDataView Input { get; }

    public ITransformer Chain { get; }

    public IDataView Scored { get; }

    /// <summary>The places of the model's columns in <see cref="Scored"/>.</summary>
    public int[] OutputIndices => Enumerable.Range(Input.Schema.Count, Scored.Schema.Count - Input.Schema.Count).ToArray();

    /// <summary>The number of each row that is scored in <see cref="Rows"/>, in their order.</summary>
    public int[] RowNumbers => Array.ConvertAll(ColumnValues.Read(Data, Array.IndexOf(_drawn.Order, 2)), id => (int)(float)id);

    public IDataView View(PropertyRow[] rows) => _ml.Data.LoadFromEnumerable(rows, PropertyRow.Definition(_drawn, _dimensions));

    /// <summary>The model's columns for each scored row: those of a chain, over some data.</summary>
    public object[][] Outputs(ITransformer chain, IDataView data) => RowsOf(ColumnValues.Read(chain.Transform(data), OutputIndices));

    /// <summary>The same of single predictions, made in the order of the rows.</summary>
    public object[][] Predictions(IEnumerable<PropertyRow> rows)
    {
        using var engine = _ml.Model.CreatePredictionEngine<PropertyRow, PropertyScores>(Chain, new PredictionEngineOptions
        {
            OwnsTransformer = false,
            InputSchemaDefinition = PropertyRow.Definition(_drawn, _dimensions),
            OutputSchemaDefinition = PropertyScores.Definition(_drawn),
        });
        return rows.Select(row => engine.Predict(row).ValuesOf(_drawn)).ToArray();
    }

    /// <summary>The chain after it was saved and loaded.</summary>
    public ITransformer SavedAndLoaded(out DataViewSchema schema)
    {
        using var stream = new MemoryStream();
        _ml.Model.Save(Chain, Data.Schema, stream);
        stream.Position = 0;
        return new MLContext().Model.Load(stream, out schema);
    }

    private static object[][] RowsOf(object[][] columns)
        => Enumerable.Range(0, columns[0].Length).Select(row => columns.Select(c => c[row]).ToArray()).ToArray();

    private IDataView Step(IDataView view, RowStep step) => step switch
    {
        RowStep.Cache => _ml.Data.Cache(view),
        RowStep.ShuffleAndCache => _ml.Data.Cache(_ml.Data.ShuffleRows(view, seed: _drawn.Seed)),
        RowStep.SkipTwo => _ml.Data.SkipRows(view, 2),
        _ => _ml.Data.TakeRows(view, 7),
    };
}
