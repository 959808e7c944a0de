using System.Runtime.ExceptionServices;
using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Data;

namespace Microsoft.ML.DeepClustering.Scoring;

/// <summary>
/// Consecutive rows of the input, their scores, and copies of the other columns that were asked for. One cursor reads the input, so a row always keeps its
/// own scores, even when the source gives its rows in another order each time.
/// </summary>
internal sealed class ScoringBatch
{
    // Features and copies of other columns, whatever ScoringBatchSize says; 256 MiB.
    private const long MaximumBytes = 256 << 20;

    private readonly TrainedModel _model;
    private readonly DataViewRowCursor _input;
    private readonly DataViewSchema.Column _featureColumn;
    private readonly int _size;
    private readonly ValueGetter<DataViewRowId>? _getId;
    private readonly ValueGetter<VBuffer<float>> _getFeatures;
    private readonly Dictionary<int, BufferedColumn> _columnsByIndex = [];
    private readonly BufferedColumn[] _columns;
    private readonly List<DataViewRowId> _ids = [];
    private readonly List<long> _batches = [];
    private float[] _features = [];
    private VBuffer<float> _vector;
    private long _rowsRead;
    private bool _inputEnded;
    private ExceptionDispatchInfo? _fault;

    /// <param name="mapper">The model and the schemas.</param>
    /// <param name="input">Moves over the rows; has the features and the other columns.</param>
    /// <param name="passedThrough">The columns of the input that were asked for.</param>
    public ScoringBatch(ScoringMapper mapper, DataViewRowCursor input, IReadOnlyList<DataViewSchema.Column> passedThrough)
    {
        (_model, _input, _featureColumn) = (mapper.Model, input, mapper.FeatureColumn);
        _size = (int)mapper.Model.Shape.Size;
        Scores = new ScoredRows(mapper.Model.NumberOfClusters, mapper.Model.EmbeddingSize);
        // Values that cannot be kept are read from the input itself, which must then stand on the row that is handed out.
        MaximumRows = passedThrough.All(c => ColumnBuffers.CanCopy(c.Type))
            ? (int)Math.Clamp(MaximumBytes / (sizeof(float) * (long)_size), 1, mapper.Model.Options.ScoringBatchSize)
            : 1;
        _getId = IdGetter(input);
        foreach (var column in passedThrough.Where(c => MaximumRows > 1 || c.Index == _featureColumn.Index))
            _columnsByIndex.Add(column.Index, ColumnBuffers.Create(input, column));
        _columns = [.. _columnsByIndex.Values];
        // Computing features may take long: those that are kept are not computed twice.
        _getFeatures = _columnsByIndex.GetValueOrDefault(_featureColumn.Index) is BufferedColumn<VBuffer<float>> kept
            ? (ref VBuffer<float> value) => kept.Get(Count, ref value)
            : input.GetGetter<VBuffer<float>>(_featureColumn);
    }

    /// <summary>The maximum number of rows of a batch.</summary>
    public int MaximumRows { get; }

    /// <summary>The number of rows in the batch now.</summary>
    public int Count { get; private set; }

    /// <summary>The scores of these rows.</summary>
    public ScoredRows Scores { get; }

    /// <summary>The getter of the ids of rows.</summary>
    /// <exception cref="NotSupportedException">The input has none; or what it throws of its own.</exception>
    public ValueGetter<DataViewRowId> IdGetter(BatchPlace place)
    {
        // Throws as the input does.
        if (_getId is null)
            _ = _input.GetIdGetter();
        return (ref DataViewRowId value) => value = _ids[place.Current];
    }

    /// <summary>The input's batch of a row.</summary>
    public long InputBatch(int place) => _batches[place];

    /// <summary>A getter of a column of the input, for the row at a place.</summary>
    public ValueGetter<TValue> Getter<TValue>(DataViewSchema.Column column, BatchPlace place)
    {
        if (!_columnsByIndex.TryGetValue(column.Index, out var kept))
            return OnRow(_input.GetGetter<TValue>(column), place);
        return kept.Getter(place) as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"The column '{column.Name}' is {column.Type}; it cannot be read as {typeof(TValue).Name}.");
    }

    /// <summary>
    /// Reads and scores up to <paramref name="rows"/> further rows; none at the end of the input. An error of a row ends the batch before that row; the next
    /// call throws it, or this call if the row is its first.
    /// </summary>
    public void Fill(int rows)
    {
        Clear();
        _fault?.Throw();
        var bytes = 0L;
        while (Count < rows && bytes < MaximumBytes && TryReadRow(ref bytes))
            Count++;
        if (Count > 0)
            Score();
        if (Count == 0)
            _fault?.Throw();
    }

    // Few readers ask for ids; a source without them can be scored.
    private static ValueGetter<DataViewRowId>? IdGetter(DataViewRowCursor input)
    {
        try
        {
            return input.GetIdGetter();
        }
        catch (Exception e) when (e is NotSupportedException or NotImplementedException)
        {
            return null;
        }
    }

    // The input may stand on a row that the cursor does not hand out: after an error, or at the end.
    private static ValueGetter<TValue> OnRow<TValue>(ValueGetter<TValue> getter, BatchPlace place) => (ref TValue value) =>
    {
        _ = place.Current;
        getter(ref value);
    };

    private void Clear()
    {
        Count = 0;
        _ids.Clear();
        _batches.Clear();
        foreach (var column in _columns)
            column.Clear();
    }

    private bool TryReadRow(ref long bytes)
    {
        if (_inputEnded || _fault is not null)
            return false;
        try
        {
            if (!_input.MoveNext())
            {
                _inputEnded = true;
                return false;
            }

            ReadRow(ref bytes);
            return true;
        }
        catch (Exception fault)
        {
            _fault = ExceptionDispatchInfo.Capture(fault);
            return false;
        }
    }

    // As the source numbers its rows, whichever cursor reads them; where its numbers are no places, rows are counted.
    private long Number(int place)
        => _ids[place] is { High: 0, Low: <= long.MaxValue } id ? (long)id.Low : _rowsRead - Count + place;

    private void ReadRow(ref long bytes)
    {
        DataViewRowId id = new((ulong)_rowsRead, 0);
        _getId?.Invoke(ref id);
        _ids.Add(id);
        _batches.Add(_input.Batch);
        bytes += ReadColumns();
        _getFeatures(ref _vector);
        Grow();
        FeatureColumn.CopyFinite(_vector, _features.AsSpan(Count * _size, _size), _featureColumn.Name, Number(Count));
        bytes += sizeof(float) * (long)_size;
        _rowsRead++;
    }

    private long ReadColumns()
    {
        var bytes = 0L;
        for (var i = 0; i < _columns.Length; i++)
        {
            try
            {
                for (; i < _columns.Length; i++)
                    bytes += _columns[i].Read(Count);
            }
            catch (Exception fault)
            {
                _columns[i].Fail(Count, fault);
            }
        }

        return bytes;
    }

    // With the rows that there are: a batch may be set far larger than the data.
    private void Grow()
    {
        if ((Count + 1L) * _size > _features.Length)
            Array.Resize(ref _features, checked((int)(Math.Clamp(2L * Count, 1, MaximumRows) * _size)));
    }

    private void Score()
    {
        _model.Score(_features, Count, Scores);
        var finite = Scores.FiniteRows(Count);
        if (finite == Count)
            return;
        // Instead of an error of a later row.
        _fault = ExceptionDispatchInfo.Capture(ScoredRows.NotFinite(Number(finite)));
        Count = finite;
    }
}
