using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering;

/// <summary>
/// Scores in batches: one cursor runs ahead over the features, another supplies the other columns row by row.
/// </summary>
internal sealed class ScoringCursor : DataViewRowCursor
{
    private const int FirstRows = 32;

    private readonly ScoringMapper _mapper;
    private readonly HashSet<int> _active;
    private readonly DataViewRowCursor _rows;
    private readonly DataViewRowCursor? _ahead;
    private readonly ValueGetter<VBuffer<float>>? _getFeatures;
    private readonly ValueGetter<DataViewRowId>? _aheadId;
    private readonly ValueGetter<DataViewRowId>? _rowId;
    private readonly int _batchSize;
    private float[] _features = [];
    private DataViewRowId[] _ids = [];
    private readonly ScoredRows _scores;
    private VBuffer<float> _buffer;
    private int _inBatch;
    private int _row = -1;

    public ScoringCursor(ScoringMapper mapper, IEnumerable<DataViewSchema.Column> active, DataViewRowCursor rows, DataViewRowCursor? ahead)
    {
        _mapper = mapper;
        _active = active.Select(c => c.Index).ToHashSet();
        _rows = rows;
        _ahead = ahead;
        _scores = new ScoredRows(mapper.Model.NumberOfClusters, mapper.Model.EmbeddingSize);
        if (ahead is null)
            return;
        _batchSize = (int)Math.Min(mapper.Model.Options.ScoringBatchSize, Array.MaxLength / mapper.Model.Shape.Size);
        _getFeatures = ahead.GetGetter<VBuffer<float>>(mapper.FeatureColumn);
        _aheadId = ahead.GetIdGetter();
        _rowId = rows.GetIdGetter();
    }

    public override DataViewSchema Schema => _mapper.OutputSchema;

    public override long Position => _rows.Position;

    public override long Batch => _rows.Batch;

    public override ValueGetter<DataViewRowId> GetIdGetter() => _rows.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
            throw new InvalidOperationException($"The column '{column.Name}' is not active in this cursor.");
        return _mapper.IsNew(column)
            ? _mapper.Getter<TValue>(column, () => (_scores, _row))
            : _rows.GetGetter<TValue>(_mapper.InputSchema[column.Index]);
    }

    public override bool MoveNext()
    {
        if (!_rows.MoveNext())
            return false;
        if (_ahead is null)
            return true;
        if (++_row >= _inBatch)
        {
            ScoreNextBatch();
            _row = 0;
        }

        CheckOrder();
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _rows.Dispose();
            _ahead?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void ScoreNextBatch()
    {
        var size = (int)_mapper.Model.Shape.Size;
        for (_inBatch = 0; _inBatch < _batchSize && _ahead!.MoveNext(); _inBatch++)
        {
            if (_inBatch == _ids.Length)
                Grow(size);
            _getFeatures!(ref _buffer);
            FeatureColumn.Copy(_buffer, _features.AsSpan(_inBatch * size, size), _mapper.FeatureColumn.Name);
            _aheadId!(ref _ids[_inBatch]);
        }

        if (_inBatch > 0)
            _mapper.Model.Score(_features, _inBatch, _scores);
    }

    // With the rows that there are: a batch may be set far larger than the data.
    private void Grow(int size)
    {
        var rows = (int)Math.Min(_batchSize, Math.Max(FirstRows, 2L * _ids.Length));
        Array.Resize(ref _ids, rows);
        Array.Resize(ref _features, rows * size);
    }

    // A source that gives its rows in another order each time would get the scores of other rows.
    private void CheckOrder()
    {
        DataViewRowId id = default;
        _rowId!(ref id);
        if (_row >= _inBatch || !id.Equals(_ids[_row]))
            throw new InvalidOperationException("Two passes over the data gave the rows in different orders, so scores cannot be joined to rows; cache the data with mlContext.Data.Cache before scoring.");
    }
}
