using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering.Scoring;

/// <summary>The lazy result of scoring. Each of its cursors reads one cursor of the input, and has a batch of its own.</summary>
internal class ScoredDataView(IDataView input, ScoringMapper mapper) : IDataView
{
    public DataViewSchema Schema => mapper.OutputSchema;

    /// <summary>What scores.</summary>
    protected TrainedModel Model => mapper.Model;

    public bool CanShuffle => input.CanShuffle;

    public long? GetRowCount() => input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var active = mapper.Active(columnsNeeded);
        return Scored(active, [input.GetRowCursor(mapper.GetDependencies(active), rand)])[0];
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var active = mapper.Active(columnsNeeded);
        return Scored(active, input.GetRowCursorSet(mapper.GetDependencies(active), n, rand));
    }

    private DataViewRowCursor[] Scored(IReadOnlyList<DataViewSchema.Column> active, DataViewRowCursor[] cursors)
    {
        try
        {
            return active.Any(mapper.IsNew)
                ? Array.ConvertAll(cursors, DataViewRowCursor (c) => new ScoringCursor(mapper, active, c))
                : Array.ConvertAll(cursors, DataViewRowCursor (c) => new PassThroughCursor(mapper, active, c));
        }
        catch
        {
            Array.ForEach(cursors, c => c.Dispose());
            throw;
        }
    }
}
