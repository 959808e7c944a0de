namespace Microsoft.ML.Data;

/// <summary>The rows of a view in a random order that is the same for every cursor opened without one of its own.</summary>
internal sealed class ShuffledDataView(IDataView source, int seed) : IDataView
{
    private readonly CachedDataView _cache = new(source);

    public DataViewSchema Schema => source.Schema;

    public bool CanShuffle => true;

    public long? GetRowCount() => _cache.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
        => _cache.GetRowCursor(columnsNeeded, rand ?? new Random(seed));

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
        => [GetRowCursor(columnsNeeded, rand)];
}
