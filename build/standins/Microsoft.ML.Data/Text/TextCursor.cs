namespace Microsoft.ML.Data;

/// <summary>Reads line by line; a value is parsed when it is asked for.</summary>
internal sealed class TextCursor : DataViewRowCursor
{
    private readonly TextSchema _schema;
    private readonly TextLoader.Options _options;
    private readonly bool[] _active;
    private readonly TextLines _lines;
    private readonly FieldSplitter _splitter;
    private readonly Delegate[] _getters;
    private List<ReadOnlyMemory<char>> _fields;
    private long _position = -1;
    private bool _ended;

    public TextCursor(TextSchema schema, TextLoader.Options options, IMultiStreamSource source, bool[] active)
    {
        _schema = schema;
        _options = options;
        _active = active;
        _lines = new TextLines(source, options);
        _splitter = new FieldSplitter(options);
        _getters = new Delegate[active.Length];
        foreach (var column in schema.Schema.Where(column => active[column.Index]))
        {
            var itemType = (column.Type as VectorDataViewType)?.ItemType ?? (PrimitiveDataViewType)column.Type;
            _getters[column.Index] = itemType is KeyDataViewType
                ? Generic.Call<Delegate>((Func<DataViewSchema.Column, KeyDataViewType, Delegate>)MakeKeyGetter<uint>, [itemType.RawType], column, itemType)
                : Generic.Call<Delegate>((Func<DataViewSchema.Column, Delegate>)MakePlainGetter<int>, [itemType.RawType], column);
        }
    }

    public override DataViewSchema Schema => _schema.Schema;

    public override long Position => _position;

    public override long Batch => 0;

    public override bool MoveNext()
    {
        if (_ended)
            return false;
        if (_position + 1 >= _options.MaxRows || !_lines.MoveNext())
        {
            _ended = true;
            _position = -1;
            return false;
        }

        _fields = _splitter.Split(_lines.Current);
        _position++;
        return true;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter()
        => (ref DataViewRowId value) => value = new DataViewRowId((ulong)_position, 0);

    public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!_active[column.Index])
            throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' was not asked for when this cursor was made.");
        return _getters[column.Index] as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Invalid TValue: '{typeof(TValue)}', column '{column.Name}' has values of type '{Schema[column.Index].Type.RawType}'.");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _lines.Dispose();
        base.Dispose(disposing);
    }

    private Delegate MakePlainGetter<T>(DataViewSchema.Column column) => MakeGetter(column, FieldParser.For<T>(_options));

    private Delegate MakeKeyGetter<T>(DataViewSchema.Column column, KeyDataViewType type)
        where T : struct, IConvertible
        => MakeGetter(column, FieldParser.ForKey<T>(type.Count));

    private Delegate MakeGetter<T>(DataViewSchema.Column column, FieldParse<T> parse)
    {
        var fields = _schema.Fields[column.Index];
        if (column.Type is not VectorDataViewType)
            return (ValueGetter<T>)((ref T value) => value = Parse(column, parse, fields[0]));
        return (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) =>
        {
            var editor = VBufferEditor.Create(ref value, fields.Length);
            for (var i = 0; i < fields.Length; i++)
                editor.Values[i] = Parse(column, parse, fields[i]);
            value = editor.Commit();
        });
    }

    // A field that the line does not reach is a default value, even where an empty one is NaN.
    private T Parse<T>(DataViewSchema.Column column, FieldParse<T> parse, int field)
    {
        if (_position < 0)
            throw new InvalidOperationException("The cursor is not on a row.");
        if (field >= _fields.Count)
            return default;
        if (!parse(_fields[field], out var value))
            throw new InvalidOperationException($"Could not parse value {_fields[field]} in line {_lines.LineNumber}, column {column.Name}");
        return value;
    }
}
