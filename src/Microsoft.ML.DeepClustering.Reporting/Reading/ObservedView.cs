using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>
/// The scored data, for one pass: who reads it lets the report read along, by the same cursor. A column of predicted clusters is added where there is none.
/// </summary>
internal sealed class ObservedView : IDataView
{
    private readonly IDataView _source;
    private readonly ReportColumns _columns;
    private readonly Func<DataViewRow, Action> _attach;
    private bool _isRead;

    /// <param name="source">The scored data.</param>
    /// <param name="columns">The columns of it that the report reads.</param>
    /// <param name="attach">Is given the cursor and returns what to do at each row.</param>
    public ObservedView(IDataView source, ReportColumns columns, Func<DataViewRow, Action> attach)
    {
        (_source, _columns, _attach) = (source, columns, attach);
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(source.Schema);
        if (columns is { Predicted: null, Score: { } score })
            builder.AddColumn(ReportOptions.DefaultPredictedLabel, new KeyDataViewType(typeof(uint), ((VectorDataViewType)score.Type).Size));
        // Without a column to measure the evaluation would take this one, if it were a vector.
        if (columns.Embedding is null && source.Schema.GetColumnOrNull(ReportOptions.DefaultEmbedding) is not null)
            builder.AddColumn(ReportOptions.DefaultEmbedding, BooleanDataViewType.Instance);
        Schema = builder.ToSchema();
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        if (_isRead)
            throw new InvalidOperationException("The data of a report is read once.");
        _isRead = true;
        var needed = columnsNeeded.Where(c => c.Index < _source.Schema.Count).Select(c => _source.Schema[c.Index]).Concat(_columns.All).DistinctBy(c => c.Index).ToArray();
        return new ObservedCursor(_source.GetRowCursor(needed), Schema, _columns, _attach);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];
}
