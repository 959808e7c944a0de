namespace Microsoft.ML.Data;

/// <summary>A <see cref="RowMapping"/> for one row at a time.</summary>
internal sealed class MappingRowMapper(RowMapping mapping) : IRowToRowMapper
{
    public DataViewSchema InputSchema => mapping.InputSchema;

    public DataViewSchema OutputSchema => mapping.OutputSchema;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
        => mapping.Dependencies(mapping.Activate(dependingColumns));

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
        => new MappedRow(mapping, input, mapping.Activate(activeColumns));
}
