using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Keeps the columns that were read once in memory. A pass over the source fills all columns that are new to it.</summary>
internal sealed class CachedDataView : IDataView
{
    private readonly Lock _lock = new();
    private readonly IDataView _source;
    private readonly ColumnCache[] _columns;
    private ColumnCache _ids;
    private long? _rowCount;

    public CachedDataView(IDataView source, params IEnumerable<string> columnsToPrefetch)
    {
        ArgumentNullException.ThrowIfNull(source);
        _source = source;
        _columns = new ColumnCache[source.Schema.Count];
        var prefetched = columnsToPrefetch
            .Select(name => source.Schema.GetColumnOrNull(name)
                ?? throw Contracts.ExceptSchemaMismatch(null, nameof(columnsToPrefetch), "prefetch", name))
            .ToArray();
        if (prefetched.Length > 0)
            Fill(prefetched);
    }

    public DataViewSchema Schema => _source.Schema;

    public bool CanShuffle => true;

    public long? GetRowCount()
    {
        lock (_lock)
            return _rowCount ?? _source.GetRowCount();
    }

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var active = ActiveColumns.Mask(Schema, columnsNeeded);
        var rows = Fill(Schema.Where(column => active[column.Index]));
        return new CacheCursor(Schema, _columns, _ids, active, RowOrder.Of(rows, rand));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    private int Fill(IEnumerable<DataViewSchema.Column> columns)
    {
        lock (_lock)
        {
            var missing = columns.Where(column => _columns[column.Index] == null).ToArray();
            if (missing.Length == 0 && _rowCount is { } known)
                return (int)known;

            var ids = ColumnCache.OfIds();
            var caches = missing.Select(column => ColumnCache.Of(column.Type)).ToArray();
            using (var cursor = _source.GetRowCursor(missing))
            {
                ids.StartIds(cursor);
                for (var i = 0; i < missing.Length; i++)
                    caches[i].Start(cursor, missing[i]);
                while (cursor.MoveNext())
                {
                    ids.Append();
                    foreach (var cache in caches)
                        cache.Append();
                }
            }

            if (_rowCount is { } before && before != ids.Count)
                throw new InvalidOperationException($"The source of the cache had {before} rows and now has {ids.Count}.");
            _ids ??= ids;
            _rowCount = ids.Count;
            for (var i = 0; i < missing.Length; i++)
                _columns[missing[i].Index] = caches[i];
            return ids.Count;
        }
    }
}
