using Microsoft.ML.DeepClustering.Internals;

namespace Microsoft.ML.DeepClustering.Scoring;

/// <summary>The result of scoring, computed when it is read. Each of its cursors reads one cursor of the input and has its own batch.</summary>
/// <param name="input">The data that are scored.</param>
/// <param name="mapper">What scores.</param>
/// <param name="save">Writes the transformer.</param>
internal sealed class ScoredDataView(IDataView input, ScoringMapper mapper, Action<ModelSaveContext> save) : PipelineStep(input)
{
    public override DataViewSchema Schema => mapper.OutputSchema;

    public override bool CanShuffle => Source.CanShuffle;

    protected override bool CanExport => OnnxExport.IsPossible(mapper.Model);

    public override long? GetRowCount() => Source.GetRowCount();

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var active = mapper.Active(columnsNeeded);
        return Scored(active, [Source.GetRowCursor(mapper.GetDependencies(active), rand)])[0];
    }

    public override DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var active = mapper.Active(columnsNeeded);
        return Scored(active, Source.GetRowCursorSet(mapper.GetDependencies(active), n, rand));
    }

    protected override void Save(ModelSaveContext context) => save(context);

    protected override void Export(OnnxWriter writer) => OnnxExport.Write(mapper, writer);

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
