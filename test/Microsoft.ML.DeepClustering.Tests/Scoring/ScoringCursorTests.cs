using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Scoring;

/// <summary>What a cursor over scored data does when it is used in an unusual way.</summary>
[TestClass]
public sealed class ScoringCursorTests
{
    private const int Size = 6;

    private static readonly MLContext Ml = new(seed: 1);
    private static readonly DeepClusteringTransformer Model = Train();

    private readonly OpenCursors _source = new(View());

    [ClassCleanup]
    public static void Free() => Model.Dispose();

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(7)]
    [DataRow(12)]
    public void Dispose_AfterAnyNumberOfRows_DisposesTheSource(int rows)
    {
        var view = Model.Transform(_source);
        var cursor = view.GetRowCursor(view.Schema);
        for (var i = 0; i < rows; i++)
            Assert.IsTrue(cursor.MoveNext());
        Assert.AreEqual(1, _source.Open);
        cursor.Dispose();
        cursor.Dispose();
        Assert.AreEqual(0, _source.Open);
        Assert.IsFalse(cursor.MoveNext());
    }

    [TestMethod]
    public void Dispose_AfterAnErrorOfTheSource_DisposesTheSource()
    {
        _source.ThrowAtRow = 3;
        var view = Model.Transform(_source);
        using (var cursor = view.GetRowCursor(view.Schema))
        {
            for (var i = 0; i < 3; i++)
                Assert.IsTrue(cursor.MoveNext());
            Assert.AreEqual("as the test wants", Assert.ThrowsExactly<NotSupportedException>(() => cursor.MoveNext()).Message);
            Assert.IsFalse(cursor.MoveNext());
        }

        Assert.AreEqual(0, _source.Open);
    }

    [TestMethod]
    public void GetRowCursor_SourceThatCanBeReadOnce_IsScored()
    {
        _source.MostCursors = 1;
        Assert.HasCount(12, TestRows.Scored(Ml, Model.Transform(_source)));
        Assert.AreEqual(0, _source.Open);
    }

    [TestMethod]
    public void GetRowCursorSet_SourceThatFails_LeavesNothingOpen()
    {
        var view = Model.Transform(_source);
        _source.MostCursors = 0;
        Assert.ThrowsExactly<NotSupportedException>(() => view.GetRowCursorSet(view.Schema, 2));
        Assert.AreEqual(0, _source.Open);
    }

    [TestMethod]
    public void MoveNext_AfterTheEnd_StaysFalseAndValuesAreRefused()
    {
        var view = Model.Transform(_source);
        using var cursor = view.GetRowCursor(view.Schema);
        var getter = cursor.GetGetter<VBuffer<float>>(view.Schema["Score"]);
        VBuffer<float> value = default;
        while (cursor.MoveNext())
            getter(ref value);
        Assert.IsFalse(cursor.MoveNext());
        Assert.IsFalse(cursor.MoveNext());
        Assert.ThrowsExactly<InvalidOperationException>(() => getter(ref value));
    }

    [TestMethod]
    public void GetGetter_BeforeMoveNext_IsMadeAndRefusesValues()
    {
        var view = Model.Transform(_source);
        using var cursor = view.GetRowCursor(view.Schema);
        var label = cursor.GetGetter<uint>(view.Schema["PredictedLabel"]);
        var score = cursor.GetGetter<VBuffer<float>>(view.Schema["Score"]);
        uint key = 0;
        VBuffer<float> value = default;
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => label(ref key)).Message, "MoveNext");
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => score(ref value)).Message, "MoveNext");
        Assert.IsTrue(cursor.MoveNext());
        label(ref key);
        score(ref value);
        Assert.AreEqual(TestRows.Clusters, value.Length);
        Assert.AreEqual(value.DenseValues().Min(), value.GetItemOrDefault((int)key - 1));
    }

    [TestMethod]
    public void GetRowCursor_NoColumns_MovesOverAllRowsAndScoresNone()
    {
        var view = Model.Transform(_source);
        using var cursor = view.GetRowCursor([]);
        Assert.AreEqual(1, _source.Open);
        var rows = 0;
        while (cursor.MoveNext())
            rows++;
        Assert.AreEqual(12, rows);
        Assert.IsTrue(view.Schema.All(c => !cursor.IsColumnActive(c)));
        Assert.ThrowsExactly<InvalidOperationException>(() => cursor.GetGetter<VBuffer<float>>(view.Schema["Score"]));
    }

    [TestMethod]
    public void GetRowCursor_ColumnTwice_IsThatColumn()
    {
        var view = Model.Transform(_source);
        var (score, name) = (view.Schema["Score"], view.Schema["Name"]);
        using var cursor = view.GetRowCursor([score, name, score, name]);
        var expected = view.GetColumn<float[]>("Score").First();
        Assert.IsTrue(cursor.MoveNext());
        VBuffer<float> value = default;
        cursor.GetGetter<VBuffer<float>>(score)(ref value);
        CollectionAssert.AreEqual(expected, value.DenseValues().ToArray());
        ReadOnlyMemory<char> text = default;
        cursor.GetGetter<ReadOnlyMemory<char>>(name)(ref text);
        Assert.AreEqual("row 0", text.ToString());
    }

    [TestMethod]
    public void MoveNext_EachRow_HasThePositionAndIdOfTheSource()
    {
        var source = Ml.Data.Cache(Ml.Data.ShuffleRows(View(), seed: 4));
        var view = Model.Transform(source);
        using var expected = source.GetRowCursor(source.Schema);
        using var actual = view.GetRowCursor(view.Schema);
        var (expectedId, actualId) = (expected.GetIdGetter(), actual.GetIdGetter());
        var (first, second) = (default(DataViewRowId), default(DataViewRowId));
        Assert.AreEqual(expected.Position, actual.Position);
        while (expected.MoveNext())
        {
            Assert.IsTrue(actual.MoveNext());
            expectedId(ref first);
            actualId(ref second);
            Assert.AreEqual((first, expected.Position, expected.Batch), (second, actual.Position, actual.Batch));
        }

        Assert.IsFalse(actual.MoveNext());
    }

    [TestMethod]
    public void GetRowCursor_ColumnOfAnotherSchema_SaysWhichAreThere()
    {
        var view = Model.Transform(_source);
        var longer = Ml.Transforms.CopyColumns("Copy", "Label").Fit(view).Transform(view).Schema;
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => view.GetRowCursor([longer["Copy"]]));
        StringAssert.Contains(error.Message, "'Copy'");
        StringAssert.Contains(error.Message, "PredictedLabel, Score, Probability, Embedding");
        Assert.ThrowsExactly<ArgumentNullException>(() => view.GetRowCursor(null!));
    }

    [TestMethod]
    public void GetGetter_WrongType_NamesTheColumnsType()
    {
        var view = Model.Transform(_source);
        using var cursor = view.GetRowCursor(view.Schema);
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => cursor.GetGetter<float>(view.Schema["Score"]));
        StringAssert.Contains(error.Message, "'Score' is Vector<Single, 3>");
    }

    [TestMethod]
    public void MoveNext_SourceInAnotherOrderEachTime_GivesEachRowItsOwnScores()
    {
        var random = new Random(3);
        var expected = TestRows.Scored(Ml, Model.Transform(View())).ToDictionary(r => r.Name);
        var view = Model.Transform(new OpenCursors(View()) { Order = () => new Random(random.Next()) });
        for (var reading = 0; reading < 3; reading++)
        {
            var scored = TestRows.Scored(Ml, view);
            Assert.HasCount(12, scored);
            foreach (var row in scored)
                Assert.AreEqual(expected[row.Name].Score[0], row.Score[0], 1e-5, row.Name);
        }
    }

    [TestMethod]
    public void Read_RowOfAMapperWithoutARow_IsRefused()
    {
        var mapper = ((ITransformer)Model).GetRowToRowMapper(_source.Schema);
        using var input = _source.GetRowCursor(_source.Schema);
        using var row = mapper.GetRow(input, mapper.OutputSchema);
        var getter = row.GetGetter<VBuffer<float>>(mapper.OutputSchema["Score"]);
        VBuffer<float> value = default;
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => getter(ref value)).Message, "no row to score yet");
        foreach (var expected in Model.Transform(_source).GetColumn<float[]>("Score").ToArray())
        {
            Assert.IsTrue(input.MoveNext());
            getter(ref value);
            Assert.AreEqual(expected[0], value.GetItemOrDefault(0), 1e-5);
        }
    }

    [TestMethod]
    public void GetRowCursor_BatchesWithoutEnd_TakeNoMoreMemoryThanTheRowsNeed()
    {
        using var model = Train(scoringBatchSize: int.MaxValue);
        var before = GC.GetTotalAllocatedBytes();
        var scores = model.Transform(_source).GetColumn<float[]>("Score").ToArray();
        Assert.IsLessThan(10_000_000, GC.GetTotalAllocatedBytes() - before);
        var expected = Model.Transform(_source).GetColumn<float[]>("Score").ToArray();
        for (var i = 0; i < expected.Length; i++)
            Assert.AreEqual(expected[i][0], scores[i][0], 1e-5);
    }

    private static DeepClusteringTransformer Train(int scoringBatchSize = 5)
    {
        var options = TestMethods.Options("Ddc");
        (options.BatchSize, options.ScoringBatchSize) = (6, scoringBatchSize);
        return TestMethods.Trainer(Ml, options).Fit(View());
    }

    private static IDataView View() => TestVectors.View(Ml, TestVectors.Make(12, Size), Size);
}
