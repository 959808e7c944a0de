using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Data;

namespace Microsoft.ML.DeepClustering.Scoring;

/// <summary>One row, scored when one of its new columns is first read; for PredictionEngine.</summary>
internal sealed class ScoredRow : DataViewRow
{
    private readonly ScoringMapper _mapper;
    private readonly DataViewRow _input;
    private readonly HashSet<int> _active;
    private readonly ValueGetter<VBuffer<float>>? _getFeatures;
    private readonly float[] _features;
    private readonly ScoredRows _scores;
    private VBuffer<float> _buffer;
    private long? _scoredPosition;

    public ScoredRow(ScoringMapper mapper, DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        _mapper = mapper;
        _input = input;
        _active = activeColumns.Select(c => c.Index).ToHashSet();
        _features = new float[mapper.Model.Shape.Size];
        _scores = new ScoredRows(mapper.Model.NumberOfClusters, mapper.Model.EmbeddingSize);
        if (_active.Any(i => i >= mapper.InputSchema.Count))
            _getFeatures = input.GetGetter<VBuffer<float>>(mapper.FeatureColumn);
    }

    public override DataViewSchema Schema => _mapper.OutputSchema;

    public override long Position => _input.Position;

    public override long Batch => _input.Batch;

    public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
            throw new InvalidOperationException($"The column '{column.Name}' is not active in this row.");
        return _mapper.IsNew(column)
            ? _mapper.Getter<TValue>(column, Score)
            : _input.GetGetter<TValue>(_mapper.InputSchema[column.Index]);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _input.Dispose();
        base.Dispose(disposing);
    }

    private (ScoredRows, int) Score()
    {
        var position = _input.Position;
        if (position < 0)
            throw new InvalidOperationException("There is no row to score yet; move to the first row, or predict, before values are read.");
        if (_scoredPosition != position)
        {
            // Of a row that fails no later getter may give the scores of the row before.
            _scoredPosition = null;
            _getFeatures!(ref _buffer);
            FeatureColumn.CopyFinite(_buffer, _features, _mapper.FeatureColumn.Name, position);
            _mapper.Model.Score(_features, 1, _scores);
            if (_scores.FiniteRows(1) == 0)
                throw ScoredRows.NotFinite(position);
            _scoredPosition = position;
        }

        return (_scores, 0);
    }
}
