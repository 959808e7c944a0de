namespace Microsoft.ML.Data;

/// <summary>Row mappers one after another.</summary>
internal sealed class ComposedRowMapper : IRowToRowMapper
{
    private readonly IRowToRowMapper[] _mappers;

    private ComposedRowMapper(DataViewSchema inputSchema, IRowToRowMapper[] mappers)
    {
        InputSchema = inputSchema;
        _mappers = mappers;
        OutputSchema = mappers.Length == 0 ? inputSchema : mappers[^1].OutputSchema;
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    public static ComposedRowMapper Of(DataViewSchema inputSchema, ITransformer[] transformers)
    {
        var mappers = new IRowToRowMapper[transformers.Length];
        var schema = inputSchema;
        for (var i = 0; i < transformers.Length; i++)
        {
            mappers[i] = transformers[i].GetRowToRowMapper(schema);
            schema = mappers[i].OutputSchema;
        }

        return new ComposedRowMapper(inputSchema, mappers);
    }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
        => _mappers.Reverse().Aggregate(dependingColumns, (columns, mapper) => mapper.GetDependencies(columns).ToArray());

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(activeColumns);
        var needed = new IEnumerable<DataViewSchema.Column>[_mappers.Length];
        for (var i = _mappers.Length - 1; i >= 0; i--)
            needed[i] = i == _mappers.Length - 1 ? activeColumns : _mappers[i + 1].GetDependencies(needed[i + 1]).ToArray();

        var row = input;
        for (var i = 0; i < _mappers.Length; i++)
            row = _mappers[i].GetRow(row, needed[i]);
        return row;
    }
}
