using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Scoring;

/// <summary>How far a scoring cursor reads ahead, and what becomes of errors of rows that it has read ahead.</summary>
[TestClass]
public sealed class ReadAheadTests
{
    private static readonly SourceModels Models = new();
    private static readonly MLContext Ml = Models.Ml;

    [ClassCleanup]
    public static void Free() => Models.Dispose();

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(2, 3)]
    [DataRow(5, 7)]
    [DataRow(64, 127)]
    [DataRow(200, 255)]
    public void MoveNext_FirstRows_WaitForTheRowsOfTheirBatch(int rows, int given)
    {
        var source = new RestrictedRows<SourceRow>(Endless);
        var read = Ml.Data.CreateEnumerable<ClusteredRow>(Models.Deep.Transform(Ml.Data.LoadFromEnumerable(source)), false).Take(rows).ToArray();

        Assert.HasCount(rows, read);
        Models.HaveTheirOwnClusters(Models.Deep, read);
        Assert.AreEqual(given, source.Given);
    }

    [TestMethod]
    public void TakeRows_OfAnEndlessSource_Ends()
    {
        var scored = Models.Deep.Transform(Ml.Data.LoadFromEnumerable(Endless()));
        Assert.HasCount(5, ClusteredRow.Read(Ml, Ml.Data.TakeRows(scored, 5)));
    }

    [TestMethod]
    public void MoveNext_LongTexts_ReadsNoMoreRowsThanTheMemoryOfABatchHolds()
    {
        // 8 MiB each, one string for all: 32 rows are 256 MiB.
        var text = new string('x', 4 << 20);
        var source = new RestrictedRows<SourceRow>(() => Endless().Select(r => new SourceRow { Id = r.Id, Class = text, Features = r.Features }));
        Assert.HasCount(100, ClusteredRow.Read(Ml, Ml.Data.TakeRows(Models.Deep.Transform(Ml.Data.LoadFromEnumerable(source)), 100)));
        // Batches of 1, 2, 4, 8, 16 and then 32 rows.
        Assert.AreEqual(31 + (3 * 32), source.Given);
    }

    [TestMethod]
    public void MoveNext_LongTextsInVectors_ReadsNoMoreRowsThanTheMemoryOfABatchHolds()
    {
        var text = new string('x', 4 << 20);
        var source = new RestrictedRows<VectorRow>(() => Endless().Select(r => new VectorRow { Features = r.Features, Texts = [text, text, text, text] }));
        var scored = Models.Deep.Transform(Ml.Data.LoadFromEnumerable(source));
        using var cursor = scored.GetRowCursor([scored.Schema["Texts"], scored.Schema["PredictedLabel"]]);
        for (var row = 0; row < 16; row++)
            Assert.IsTrue(cursor.MoveNext());
        // Batches of 1, 2, 4 and 8 rows of 32 MiB; the next would have 16.
        Assert.AreEqual(15 + 8, source.Given);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(6)]
    [DataRow(100)]
    public void MoveNext_SourceThatFails_HandsOutTheRowsBeforeAndThenThrowsTheSourcesError(int failing)
    {
        var source = Ml.Data.LoadFromEnumerable(Endless().Select(r => r.Id == failing ? throw new TimeoutException("the line is down") : r));
        var scored = Models.Deep.Transform(source);
        using var cursor = scored.GetRowCursor([scored.Schema["Score"]]);
        for (var row = 0; row < failing; row++)
            Assert.IsTrue(cursor.MoveNext());
        Assert.AreEqual("the line is down", Assert.ThrowsExactly<TimeoutException>(() => cursor.MoveNext()).Message);
        Assert.IsFalse(cursor.MoveNext());
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(6)]
    [DataRow(100)]
    public void MoveNext_FeatureOrScoreThatIsNotFinite_IsAnErrorOfThatRow(int failing)
    {
        foreach (var value in new[] { float.NaN, float.MaxValue })
        {
            var rows = Endless().Select(r => r.Id == failing ? new SourceRow { Features = [value, value] } : r);
            var scored = Models.Deep.Transform(Ml.Data.LoadFromEnumerable(rows));
            using var cursor = scored.GetRowCursor(scored.Schema);
            for (var row = 0; row < failing; row++)
                Assert.IsTrue(cursor.MoveNext());
            StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => cursor.MoveNext()).Message, $"ow {failing}");
            Assert.IsFalse(cursor.MoveNext());
            Assert.AreEqual(-1, cursor.Position);
        }
    }

    [TestMethod]
    public void TakeRows_BeforeARowThatCannotBeScored_IsNotConcerned()
    {
        var rows = Endless().Select(r => r.Id == 40 ? new SourceRow { Features = [float.NaN, 0] } : r);
        Assert.HasCount(40, ClusteredRow.Read(Ml, Ml.Data.TakeRows(Models.Deep.Transform(Ml.Data.LoadFromEnumerable(rows)), 40)));
    }

    [TestMethod]
    public void Getter_ColumnThatFailsInOneRow_FailsInThatRowAndWhenItIsReadOnly()
    {
        var scored = Models.Deep.Transform(Ml.Data.LoadFromEnumerable(SourceRow.Make().Select(r => new FailingRow { Id = r.Id, Features = r.Features })));
        using var cursor = scored.GetRowCursor([scored.Schema["Answer"], scored.Schema["PredictedLabel"]]);
        var getter = cursor.GetGetter<float>(scored.Schema["Answer"]);
        float value = 0;
        for (var row = 0; row < 300; row++)
        {
            Assert.IsTrue(cursor.MoveNext());
            if (row == 20)
                Assert.AreEqual("no answer", Assert.ThrowsExactly<TimeoutException>(() => getter(ref value)).Message);
            else
                getter(ref value);
        }
    }

    [TestMethod]
    public void Getter_OnlyColumnsThatWereAskedFor_AreRead()
    {
        var read = 0;
        var data = Ml.Data.LoadFromEnumerable(SourceRow.Make());
        var counting = Ml.Transforms.CustomMapping<IdOnly, Checked>((from, to) => to.Answer = Interlocked.Increment(ref read), null).Fit(data);
        var scored = Models.Deep.Transform(counting.Transform(data));

        Assert.HasCount(300, scored.GetColumn<uint>("PredictedLabel").ToArray());
        Assert.AreEqual(0, read);
    }

    [TestMethod]
    public void GetRowCursor_NoNewColumn_ReadsNoFeatures()
    {
        var read = 0;
        var data = Ml.Data.LoadFromEnumerable(SourceRow.Make());
        var mapped = Ml.Transforms.CopyColumns("Raw", "Features")
            .Append(Ml.Transforms.CustomMapping<RawOnly, FeaturesOnly>((from, to) => to.Features = Interlocked.Increment(ref read) < 0 ? [] : from.Raw, null))
            .Fit(data).Transform(data);
        Assert.HasCount(300, Models.Deep.Transform(mapped).GetColumn<string>("Class").ToArray());
        Assert.AreEqual(0, read);
        // And once a row when they are scored and passed through.
        Assert.HasCount(300, ClusteredRow.Read(Ml, Models.Deep.Transform(mapped)));
        Assert.AreEqual(300, read);
    }

    private static IEnumerable<SourceRow> Endless()
    {
        var rows = SourceRow.Make();
        for (var i = 0; ; i++)
            yield return new SourceRow { Id = i % 300, Class = rows[i % 300].Class, Features = rows[i % 300].Features };
    }

    private sealed class VectorRow
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public string[] Texts { get; set; } = [];
    }

    private sealed class FailingRow
    {
        public float Id { get; set; }

        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public float Answer
        {
            get => Id == 20 ? throw new TimeoutException("no answer") : Id;
            set => Id = value;
        }
    }

    private sealed class IdOnly
    {
        public float Id { get; set; }
    }

    private sealed class Checked
    {
        public float Answer { get; set; }
    }

    private sealed class RawOnly
    {
        [VectorType(2)]
        public float[] Raw { get; set; } = [];
    }

    private sealed class FeaturesOnly
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];
    }
}
