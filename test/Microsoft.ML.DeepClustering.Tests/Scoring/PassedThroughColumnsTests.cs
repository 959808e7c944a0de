using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.Transforms.Text;

namespace Microsoft.ML.DeepClustering.Tests.Scoring;

/// <summary>Columns of every type come out of scoring as they went in, many rows to a batch.</summary>
[TestClass]
public sealed class PassedThroughColumnsTests
{
    private const int Rows = 200;

    private static readonly SourceModels Models = new();
    private static readonly MLContext Ml = Models.Ml;

    [ClassCleanup]
    public static void Free() => Models.Dispose();

    [TestMethod]
    public void Transform_EveryTypeOfColumn_PassesItsValues()
    {
        var data = Ml.Data.LoadFromEnumerable(Enumerable.Range(0, Rows).Select(AllTypes.Make).ToArray());
        var expected = data.Preview(Rows).RowView;
        var actual = Models.Deep.Transform(data).Preview(Rows).RowView;

        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < data.Schema.Count; column++)
                Assert.AreEqual(Text(expected[row].Values[column]), Text(actual[row].Values[column]));
        }

        static string Text(KeyValuePair<string, object> value) => $"{value.Key} {value.Value switch
        {
            VBuffer<float> v => $"{v.IsDense}: {string.Join(",", v.DenseValues())}",
            VBuffer<double> v => string.Join(",", v.DenseValues()),
            VBuffer<byte> v => string.Join(",", v.DenseValues()),
            VBuffer<bool> v => string.Join(",", v.DenseValues()),
            VBuffer<ReadOnlyMemory<char>> v => string.Join(",", v.DenseValues()),
            VBuffer<uint> v => string.Join(",", v.DenseValues()),
            var v => v.ToString(),
        }}";
    }

    [TestMethod]
    public void Transform_SparseVectors_StaySparse()
    {
        var data = Ml.Data.LoadFromEnumerable(Enumerable.Range(0, Rows).Select(AllTypes.Make).ToArray());
        var kinds = Ml.Transforms.Conversion.MapValueToKey("Kind").Append(Ml.Transforms.Categorical.OneHotEncoding("Hot", "Text")).Fit(data).Transform(data);
        var scored = Models.Deep.Transform(kinds);
        using var expected = kinds.GetRowCursor([kinds.Schema["Hot"]]);
        using var actual = scored.GetRowCursor([scored.Schema["Hot"], scored.Schema["Score"]]);
        var (first, second) = (expected.GetGetter<VBuffer<float>>(kinds.Schema["Hot"]), actual.GetGetter<VBuffer<float>>(scored.Schema["Hot"]));
        var (before, after) = (default(VBuffer<float>), default(VBuffer<float>));
        while (expected.MoveNext())
        {
            Assert.IsTrue(actual.MoveNext());
            first(ref before);
            second(ref after);
            Assert.IsFalse(after.IsDense);
            CollectionAssert.AreEqual(before.Items(all: true).ToArray(), after.Items(all: true).ToArray());
        }

        Assert.IsFalse(actual.MoveNext());
    }

    [TestMethod]
    public void Transform_SourceThatReusesItsMemory_KeepsEachRowsValues()
    {
        var data = new ReusedMemory(Ml.Data.LoadFromEnumerable(SourceRow.Make()));

        var rows = ClusteredRow.Read(Ml, Models.Deep.Transform(data));

        Assert.HasCount(300, rows);
        Models.HaveTheirOwnClusters(Models.Deep, rows);
        foreach (var row in rows)
        {
            Assert.AreEqual($"group {row.Id % 3}", row.Class);
            CollectionAssert.AreEqual(SourceRow.Make()[(int)row.Id].Features, row.Features);
        }
    }

    [TestMethod]
    public void GetColumn_TextsThatAreKept_StayAsTheyWere()
    {
        // Nobody may write over a text that was handed out, nor over one of a batch that is gone.
        var scored = Models.Deep.Transform(new ReusedMemory(Ml.Data.LoadFromEnumerable(SourceRow.Make())));
        var kept = new List<ReadOnlyMemory<char>>();
        using (var cursor = scored.GetRowCursor(scored.Schema))
        {
            var getter = cursor.GetGetter<ReadOnlyMemory<char>>(scored.Schema["Class"]);
            while (cursor.MoveNext())
            {
                ReadOnlyMemory<char> text = default;
                getter(ref text);
                kept.Add(text);
            }
        }

        CollectionAssert.AreEqual(SourceRow.Make().Select(r => r.Class).ToArray(), kept.Select(t => t.ToString()).ToArray());
    }

    [TestMethod]
    public void Getter_CalledTwiceOnARow_GivesTheSameAndTheCallersOwn()
    {
        var scored = Models.Deep.Transform(Ml.Data.LoadFromEnumerable(SourceRow.Make()));
        using var cursor = scored.GetRowCursor(scored.Schema);
        var getter = cursor.GetGetter<VBuffer<float>>(scored.Schema["Features"]);
        var (first, second) = (default(VBuffer<float>), default(VBuffer<float>));
        for (var row = 0; cursor.MoveNext(); row++)
        {
            getter(ref first);
            VBufferEditor.CreateFromBuffer(ref first).Values.Fill(float.NaN);
            getter(ref second);
            CollectionAssert.AreEqual(SourceRow.Make()[row].Features, second.DenseValues().ToArray());
        }
    }

    [TestMethod]
    public void Transform_ColumnsOfOneName_EachPassItsOwnValues()
    {
        var data = Ml.Data.LoadFromEnumerable(SourceRow.Make());
        var twice = Ml.Transforms.Text.NormalizeText("Class", "Class", TextNormalizingEstimator.CaseMode.Upper).Fit(data).Transform(data);
        var scored = Models.Deep.Transform(twice);
        var columns = scored.Schema.Where(c => c.Name == "Class").ToArray();
        Assert.HasCount(2, columns);
        Assert.IsTrue(columns[0].IsHidden);
        using var cursor = scored.GetRowCursor([.. columns, scored.Schema["PredictedLabel"]]);
        var getters = Array.ConvertAll(columns, c => cursor.GetGetter<ReadOnlyMemory<char>>(c));
        for (var row = 0; cursor.MoveNext(); row++)
        {
            var (hidden, shown) = (default(ReadOnlyMemory<char>), default(ReadOnlyMemory<char>));
            getters[0](ref hidden);
            getters[1](ref shown);
            Assert.AreEqual($"group {row % 3}", hidden.ToString());
            Assert.AreEqual($"GROUP {row % 3}", shown.ToString());
        }
    }

    [TestMethod]
    public void Transform_HiddenFeatures_ScoresTheColumnThatTheNameStandsFor()
    {
        var data = Ml.Data.LoadFromEnumerable(SourceRow.Make());
        var doubled = Ml.Transforms.CustomMapping<FeaturesOnly, FeaturesOnly>((from, to) => to.Features = [from.Features[0] + 2, from.Features[1] + 2], null).Fit(data).Transform(data);
        var plain = Ml.Data.LoadFromEnumerable(SourceRow.Make().Select(r => new SourceRow { Id = r.Id, Features = [r.Features[0] + 2, r.Features[1] + 2] }));
        CollectionAssert.AreEqual(
            ClusteredRow.Read(Ml, Models.Deep.Transform(plain)).Select(r => r.PredictedLabel).ToArray(),
            ClusteredRow.Read(Ml, Models.Deep.Transform(doubled)).Select(r => r.PredictedLabel).ToArray());
    }

    private sealed class FeaturesOnly
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];
    }
}

/// <summary>A row with a column of every type that ML.NET has.</summary>
internal sealed class AllTypes
{
    [VectorType(2)]
    public float[] Features { get; set; } = [];

    public float Single { get; set; }

    public double Double { get; set; }

    public bool Bool { get; set; }

    public sbyte SByte { get; set; }

    public byte Byte { get; set; }

    public short Short { get; set; }

    public ushort UShort { get; set; }

    public int Int { get; set; }

    public uint UInt { get; set; }

    public long Long { get; set; }

    public ulong ULong { get; set; }

    public string Text { get; set; } = "";

    public string Kind { get; set; } = "";

    public DateTime Time { get; set; }

    public DateTimeOffset Offset { get; set; }

    public TimeSpan Span { get; set; }

    public DataViewRowId RowId { get; set; }

    [KeyType(1000)]
    public uint Key { get; set; }

    public double[] Doubles { get; set; } = [];

    public byte[] Bytes { get; set; } = [];

    public bool[] Bools { get; set; } = [];

    public string[] Texts { get; set; } = [];

    /// <summary>Vectors of no known size are of another length in each row.</summary>
    public static AllTypes Make(int i) => new()
    {
        Features = [i % 3, i % 3],
        Single = i / 7f, Double = i / 7.0, Bool = i % 2 == 0,
        SByte = (sbyte)(i % 100), Byte = (byte)i, Short = (short)-i, UShort = (ushort)i, Int = -i, UInt = (uint)i, Long = -i, ULong = (ulong)i,
        Text = $"text {i % 50}", Kind = $"{i % 5}",
        Time = new DateTime(2020, 1, 1).AddDays(i), Offset = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.FromHours(i % 5)).AddDays(i), Span = TimeSpan.FromMinutes(i),
        RowId = new DataViewRowId((ulong)i, 7), Key = (uint)i,
        Doubles = [.. Enumerable.Range(i, i % 9).Select(v => v / 3.0)], Bytes = [.. Enumerable.Repeat((byte)i, i % 4)], Bools = [i % 2 == 0, i % 3 == 0],
        Texts = [.. Enumerable.Range(0, i % 6).Select(v => $"{i} {v}")],
    };
}
