using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Scoring;

/// <summary>Scoring asks its input for one getter a column: a getter may have a buffer, or a computation, of its own.</summary>
[TestClass]
public sealed class GettersAskedForTests
{
    private static readonly SourceModels Models = new();

    [ClassCleanup]
    public static void Free() => Models.Dispose();

    [TestMethod]
    [DataRow("Score")]
    [DataRow("Score", "Features")]
    [DataRow("Score", "Features", "Id", "Class", "PredictedLabel", "Embedding")]
    public void GetRowCursor_ColumnsPassedThrough_AsksForEachOnce(params string[] columns)
    {
        var source = new CountedGetters(Models.Ml.Data.LoadFromEnumerable(SourceRow.Make()));
        var scored = Models.Deep.Transform(source);
        using var cursor = scored.GetRowCursor(columns.Select(name => scored.Schema[name]));
        var rows = 0;
        for (; cursor.MoveNext(); rows++)
        {
        }

        Assert.AreEqual(300, rows);
        CollectionAssert.AreEquivalent(
            columns.Append("Features").Intersect(source.Schema.Select(c => c.Name)).ToArray(), source.Asked.ToArray());
    }

    [TestMethod]
    public void GetRowCursor_SourceWithoutIds_IsScored()
    {
        var rows = Models.Ml.Data.LoadFromEnumerable(SourceRow.Make());
        var scored = Models.Deep.Transform(new CountedGetters(rows) { HasIds = false });
        CollectionAssert.AreEqual(Models.Deep.Transform(rows).GetColumn<uint>("PredictedLabel").ToArray(), scored.GetColumn<uint>("PredictedLabel").ToArray());
        using var cursor = scored.GetRowCursor(scored.Schema);
        Assert.ThrowsExactly<NotSupportedException>(() => cursor.GetIdGetter());
    }

    /// <summary>A view that notes the columns whose getters are asked for.</summary>
    private sealed class CountedGetters(IDataView source) : IDataView
    {
        public List<string> Asked { get; } = [];

        public bool HasIds { get; init; } = true;

        public DataViewSchema Schema => source.Schema;

        public bool CanShuffle => source.CanShuffle;

        public long? GetRowCount() => source.GetRowCount();

        public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
            => new Cursor(source.GetRowCursor(columnsNeeded, rand), Asked, HasIds);

        public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
            => [GetRowCursor(columnsNeeded, rand)];
    }

    private sealed class Cursor(DataViewRowCursor input, List<string> asked, bool hasIds) : DataViewRowCursor
    {
        public override DataViewSchema Schema => input.Schema;

        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override bool MoveNext() => input.MoveNext();

        public override ValueGetter<DataViewRowId> GetIdGetter() => hasIds ? input.GetIdGetter() : throw new NotSupportedException("There are no ids.");

        public override bool IsColumnActive(DataViewSchema.Column column) => input.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            asked.Add(column.Name);
            return input.GetGetter<TValue>(column);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                input.Dispose();
            base.Dispose(disposing);
        }
    }
}
