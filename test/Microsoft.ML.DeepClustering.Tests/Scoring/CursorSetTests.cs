using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Scoring;

/// <summary>Several cursors over one scored view at once: as many as the source gives, each row once, the same values as one cursor.</summary>
[TestClass]
public sealed class CursorSetTests
{
    private const int Rows = 6000;

    private static readonly SourceModels Models = new();
    private static readonly MLContext Ml = Models.Ml;
    private static readonly TemporaryFolder Folder = new();
    private static readonly string TextFile = Write();

    public static IEnumerable<object[]> Cases
        => from source in new[] { "text", "cache", "list" } from cursors in new[] { 1, 2, 4 } select new object[] { source, cursors };

    [ClassCleanup]
    public static void Free()
    {
        Models.Dispose();
        Folder.Dispose();
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void GetRowCursorSet_AnySource_GivesEachRowOnceWithTheValuesOfOneCursor(string name, int cursors)
    {
        var source = Source(name);
        var view = Models.Deep.Transform(source);
        var expected = ClusteredRow.Read(Ml, view).ToDictionary(r => r.Id);
        var set = view.GetRowCursorSet(view.Schema, cursors);
        var ofSource = source.GetRowCursorSet(source.Schema, cursors);
        Assert.HasCount(ofSource.Length, set);
        Array.ForEach(ofSource, c => c.Dispose());
        if (name != "list" && cursors > 1)
            Assert.IsGreaterThan(1, set.Length, "The source is to split.");

        var read = new List<SetRow>[set.Length];
        var threads = set.Select((cursor, i) => new Thread(() => read[i] = SetRow.Read(cursor, view.Schema))).ToArray();
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());

        var all = read.SelectMany(r => r).ToArray();
        Assert.HasCount(Rows, all);
        Assert.AreEqual(Rows, all.Select(r => r.RowId).Distinct().Count());
        Assert.AreEqual(Rows, all.Select(r => r.Id).Distinct().Count());
        foreach (var row in all)
        {
            Assert.AreEqual(expected[row.Id].PredictedLabel, row.Label);
            Assert.AreEqual(expected[row.Id].Score[0], row.Score, 1e-5);
        }

        foreach (var rows in read)
            CollectionAssert.AreEqual(rows.Select(r => r.Batch).Order().ToArray(), rows.Select(r => r.Batch).ToArray());
    }

    [TestMethod]
    public void GetRowCursorSet_Rows_HaveTheIdsAndBatchesOfTheSource()
    {
        var source = Source("cache");
        var view = Models.Deep.Transform(source);
        var expected = Identities(source);
        var actual = Identities(view);
        foreach (var (id, identity) in expected)
            Assert.AreEqual(identity, actual[id]);
        Assert.HasCount(expected.Count, actual);
    }

    [TestMethod]
    [DataRow("text")]
    [DataRow("cache")]
    public void Transform_StepsThatReadInParallel_KeepTheOrderOfTheRows(string name)
    {
        foreach (var model in new[] { Models.KMeans, Models.Deep })
        {
            var scored = model.Transform(Source(name));
            // Such a step reads a set of cursors, and puts their batches into order.
            var after = Ml.Transforms.CopyColumns("Copy", "PredictedLabel").Append(Ml.Transforms.NormalizeMinMax("Score")).Fit(scored).Transform(scored);
            var rows = ClusteredRow.Read(Ml, after);
            CollectionAssert.AreEqual(Enumerable.Range(0, Rows).Select(i => (float)i).ToArray(), rows.Select(r => r.Id).ToArray());
            Models.HaveTheirOwnClusters(model, rows.Where(r => r.Id < 300));
        }
    }

    [TestMethod]
    public void GetRowCursorSet_OneCursorDisposed_LeavesTheOthers()
    {
        var view = Models.Deep.Transform(Source("cache"));
        var set = view.GetRowCursorSet(view.Schema, 4);
        Assert.IsTrue(set[0].MoveNext());
        set[0].Dispose();
        var rows = set.Skip(1).Sum(c => SetRow.Read(c, view.Schema).Count);
        Assert.IsGreaterThan(Rows / 2, rows);
    }

    private static Dictionary<float, (DataViewRowId, long)> Identities(IDataView view)
    {
        var found = new Dictionary<float, (DataViewRowId, long)>();
        foreach (var cursor in view.GetRowCursorSet(view.Schema, 3))
        {
            using (cursor)
            {
                var (getId, getRowId) = (cursor.GetGetter<float>(view.Schema["Id"]), cursor.GetIdGetter());
                var (id, rowId) = (0f, default(DataViewRowId));
                while (cursor.MoveNext())
                {
                    getId(ref id);
                    getRowId(ref rowId);
                    found.Add(id, (rowId, cursor.Batch));
                }
            }
        }

        return found;
    }

    private static IDataView Source(string name) => name switch
    {
        "text" => Ml.Data.LoadFromTextFile<SourceRow>(TextFile, separatorChar: ','),
        "cache" => Ml.Data.Cache(Ml.Data.LoadFromTextFile<SourceRow>(TextFile, separatorChar: ',')),
        _ => Ml.Data.LoadFromEnumerable(Made()),
    };

    private static IEnumerable<SourceRow> Made() => Enumerable.Range(0, Rows / 300).SelectMany(round => SourceRow.Make().Select(r => new SourceRow { Id = r.Id + (300 * round), Class = r.Class, Features = r.Features }));

    private static string Write()
    {
        using var stream = File.Create(Folder.File("rows.csv"));
        Ml.Data.SaveAsText(Ml.Data.LoadFromEnumerable(Made()), stream, ',', headerRow: false, schema: false);
        return stream.Name;
    }

    private sealed record SetRow(float Id, DataViewRowId RowId, long Batch, uint Label, float Score)
    {
        public static List<SetRow> Read(DataViewRowCursor cursor, DataViewSchema schema)
        {
            using (cursor)
            {
                var rows = new List<SetRow>();
                var (getId, getRowId) = (cursor.GetGetter<float>(schema["Id"]), cursor.GetIdGetter());
                var (getLabel, getScore) = (cursor.GetGetter<uint>(schema["PredictedLabel"]), cursor.GetGetter<VBuffer<float>>(schema["Score"]));
                var (id, rowId, label, score) = (0f, default(DataViewRowId), 0u, default(VBuffer<float>));
                while (cursor.MoveNext())
                {
                    getId(ref id);
                    getRowId(ref rowId);
                    getLabel(ref label);
                    getScore(ref score);
                    rows.Add(new(id, rowId, cursor.Batch, label, score.GetItemOrDefault(0)));
                }

                return rows;
            }
        }
    }
}
