using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Scoring;

/// <summary>
/// Gives the rows of one input cursor with their scores, which it computes batch by batch. The first batch has one row and each next batch twice as many,
/// so that a reader of five rows, or of a slow source, does not wait for a whole batch.
/// </summary>
internal sealed class ScoringCursor : DataViewRowCursor
{
    private readonly ScoringMapper _mapper;
    private readonly HashSet<int> _active;
    private readonly DataViewRowCursor _input;
    private readonly ScoringBatch _batch;
    private int _rows = 1;
    private readonly BatchPlace _place = new();
    private int _next;
    private long _position = -1;
    private bool _ended;

    /// <param name="mapper">The model and the schemas.</param>
    /// <param name="active">The columns asked for.</param>
    /// <param name="input">Has the features and the columns that are passed through; this cursor disposes it.</param>
    public ScoringCursor(ScoringMapper mapper, IReadOnlyList<DataViewSchema.Column> active, DataViewRowCursor input)
    {
        (_mapper, _input) = (mapper, input);
        _active = active.Select(c => c.Index).ToHashSet();
        _batch = new ScoringBatch(mapper, input, mapper.PassedThrough(active));
    }

    public override DataViewSchema Schema => _mapper.OutputSchema;

    public override long Position => _position;

    public override long Batch => _place.Row == BatchPlace.None ? 0 : _batch.InputBatch(_place.Row);

    public override ValueGetter<DataViewRowId> GetIdGetter() => _batch.IdGetter(_place);

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
            throw new InvalidOperationException($"The column '{column.Name}' is not active in this cursor.");
        return _mapper.IsNew(column)
            ? _mapper.Getter<TValue>(column, Scores)
            : _batch.Getter<TValue>(_mapper.InputSchema[column.Index], _place);
    }

    /// <exception cref="InvalidOperationException">The row has a feature or a score that is not finite.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed before the batch was scored.</exception>
    public override bool MoveNext()
    {
        _place.Row = BatchPlace.None;
        if (_ended)
            return false;
        // Until the row is there: after an error there are no more rows, and none that has another one's scores.
        _ended = true;
        var position = _position + 1;
        _position = -1;
        if (_next >= _batch.Count && !MoveToNextBatch())
            return false;
        _position = position;
        _place.Row = _next++;
        _ended = false;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        _ended = true;
        _place.Row = BatchPlace.None;
        if (disposing)
            _input.Dispose();
        base.Dispose(disposing);
    }

    private bool MoveToNextBatch()
    {
        _next = 0;
        _batch.Fill(_rows);
        _rows = (int)Math.Min(2L * _rows, _batch.MaximumRows);
        return _batch.Count > 0;
    }

    private (ScoredRows, int) Scores() => (_batch.Scores, _place.Current);
}
