using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering;

/// <summary>
/// Scores in batches: one cursor runs ahead over the features, another supplies the other columns row by row.
/// </summary>
internal sealed class ScoringCursor : DataViewRowCursor
{
    private const int FirstRows = 32;

    // Features a batch, whatever ScoringBatchSize says; 256 MiB.
    private const long MostValues = 64 << 20;

    private readonly ScoringMapper _mapper;
    private readonly HashSet<int> _active;
    private readonly DataViewRowCursor _rows;
    private readonly DataViewRowCursor? _ahead;
    private readonly ValueGetter<VBuffer<float>>? _getFeatures;
    private readonly ValueGetter<DataViewRowId>? _aheadId;
    private readonly ValueGetter<DataViewRowId>? _rowId;
    private readonly int _batchSize;
    private readonly ScoredRows _scores;
    private float[] _features = [];
    private DataViewRowId[] _ids = [];
    private VBuffer<float> _buffer;
    private int _inBatch;
    private int _row = -1;
    private bool _onRow;
    private bool _ended;

    /// <param name="mapper">The model and the schemas.</param>
    /// <param name="active">The columns asked for.</param>
    /// <param name="rows">Has the columns that are passed through.</param>
    /// <param name="ahead">Has the features, in the same order of rows; null when no new column is asked for.</param>
    public ScoringCursor(ScoringMapper mapper, IEnumerable<DataViewSchema.Column> active, DataViewRowCursor rows, DataViewRowCursor? ahead)
    {
        _mapper = mapper;
        _active = active.Select(c => c.Index).ToHashSet();
        _rows = rows;
        _ahead = ahead;
        _scores = new ScoredRows(mapper.Model.NumberOfClusters, mapper.Model.EmbeddingSize);
        if (ahead is null)
            return;
        _batchSize = (int)Math.Min(mapper.Model.Options.ScoringBatchSize, Math.Max(1, MostValues / mapper.Model.Shape.Size));
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
            ? _mapper.Getter<TValue>(column, Current)
            : _rows.GetGetter<TValue>(_mapper.InputSchema[column.Index]);
    }

    /// <exception cref="InvalidOperationException">A row of the batch to score has a value that is not finite, or the source gave its rows in another order.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed before the batch was scored.</exception>
    public override bool MoveNext()
    {
        _onRow = false;
        if (_ended)
            return false;
        // Until the row is there: after an error there are no more rows, and none that has another one's scores.
        _ended = true;
        if (!_rows.MoveNext())
            return false;
        if (_ahead is not null)
            MoveToScores();
        _ended = false;
        return _onRow = true;
    }

    protected override void Dispose(bool disposing)
    {
        _ended = true;
        _onRow = false;
        if (disposing)
        {
            _rows.Dispose();
            _ahead?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void MoveToScores()
    {
        if (++_row >= _inBatch)
        {
            ScoreNextBatch();
            _row = 0;
        }

        CheckOrder();
    }

    private void ScoreNextBatch()
    {
        var size = (int)_mapper.Model.Shape.Size;
        for (_inBatch = 0; _inBatch < _batchSize && _ahead!.MoveNext(); _inBatch++)
        {
            if (_inBatch == _ids.Length)
                Grow(size);
            _getFeatures!(ref _buffer);
            FeatureColumn.CopyFinite(_buffer, _features.AsSpan(_inBatch * size, size), _mapper.FeatureColumn.Name, _ahead.Position);
            _aheadId!(ref _ids[_inBatch]);
        }

        if (_inBatch == 0)
            return;
        _mapper.Model.Score(_features, _inBatch, _scores);
        _scores.ThrowIfNotFinite(_inBatch, _rows.Position);
    }

    private (ScoredRows, int) Current() => _onRow
        ? (_scores, _row)
        : throw new InvalidOperationException("The cursor is not on a row; read values after MoveNext has returned true, and before Dispose.");

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
