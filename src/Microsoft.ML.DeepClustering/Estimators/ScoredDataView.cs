namespace Microsoft.ML.DeepClustering;

/// <summary>The lazy result of scoring.</summary>
internal sealed class ScoredDataView(IDataView input, ScoringMapper mapper) : IDataView
{
    public DataViewSchema Schema => mapper.OutputSchema;

    public bool CanShuffle => input.CanShuffle;

    public long? GetRowCount() => input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var active = mapper.Active(columnsNeeded);
        var passThrough = active.Where(c => !mapper.IsNew(c)).Select(c => mapper.InputSchema[c.Index]).ToArray();
        if (!active.Any(mapper.IsNew))
            return new ScoringCursor(mapper, active, input.GetRowCursor(passThrough, rand), ahead: null);
        // Both cursors must see the rows in the same order.
        var seed = rand?.Next();
        var rows = input.GetRowCursor(passThrough, seed is { } s ? new Random(s) : null);
        try
        {
            var ahead = input.GetRowCursor([mapper.FeatureColumn], seed is { } t ? new Random(t) : null);
            return new ScoringCursor(mapper, active, rows, ahead);
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];
}
