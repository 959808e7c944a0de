using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Scoring;

/// <summary>What programs do with scored rows, over a source that gives another order each time: no row's cluster may part from it.</summary>
[TestClass]
public sealed class DownstreamTests
{
    private static readonly SourceModels Models = new();
    private static readonly MLContext Ml = Models.Ml;
    private static readonly Dictionary<string, Func<IDataView, TemporaryFolder, IDataView>> Steps = new()
    {
        ["saved as a binary file"] = (scored, folder) => Saved(scored, folder, (view, stream) => Ml.Data.SaveAsBinary(view, stream), path => Ml.Data.LoadFromBinary(path)),
        ["cached"] = (scored, _) => Ml.Data.Cache(scored),
        ["cached by columns"] = (scored, _) => Ml.Data.Cache(scored, "Id", "Class", "Features", "PredictedLabel", "Score"),
        ["shuffled"] = (scored, _) => Ml.Data.ShuffleRows(scored),
        ["filtered by cluster"] = (scored, _) => Ml.Data.FilterRowsByKeyColumnFraction(scored, "PredictedLabel", 0, 0.5),
        ["filtered by id"] = (scored, _) => Ml.Data.FilterRowsByColumn(scored, "Id", 10, 200),
        ["skipped and taken"] = (scored, _) => Ml.Data.TakeRows(Ml.Data.SkipRows(scored, 100), 150),
        ["split"] = (scored, _) => Ml.Data.TrainTestSplit(scored, 0.5).TrainSet,
        ["mapped"] = (scored, _) => Ml.Transforms.Concatenate("All", "Features", "Embedding").Append(Ml.Transforms.NormalizeMeanVariance("All")).Fit(scored).Transform(scored),
        ["scored by K-means too"] = (scored, _) => Ml.Clustering.Trainers.KMeans("Embedding", numberOfClusters: 2).Fit(scored).Transform(Ml.Transforms.CopyColumns("Deep", "PredictedLabel").Fit(scored).Transform(scored)),
    };

    public static IEnumerable<object[]> Names => Steps.Keys.Select(name => new object[] { name });

    [ClassCleanup]
    public static void Free() => Models.Dispose();

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Rows_AfterAnyStep_HaveTheirOwnClusters(string step)
    {
        using var folder = new TemporaryFolder();
        var random = new Random(6);
        var scored = Models.Deep.Transform(Ml.Data.LoadFromEnumerable(SourceRow.Make().OrderBy(_ => random.Next())));
        var after = Steps[step](scored, folder);
        var label = step.StartsWith("scored", StringComparison.Ordinal) ? "Deep" : "PredictedLabel";

        var count = 0;
        using var cursor = after.GetRowCursor(after.Schema);
        var (getId, getLabel) = (cursor.GetGetter<float>(after.Schema["Id"]), cursor.GetGetter<uint>(after.Schema[label]));
        for (; cursor.MoveNext(); count++)
        {
            var (id, cluster) = (0f, 0u);
            getId(ref id);
            getLabel(ref cluster);
            Models.HaveTheirOwnClusters(Models.Deep, [new() { Id = id, PredictedLabel = cluster }]);
        }

        Assert.IsGreaterThan(50, count);
    }

    [TestMethod]
    public void Transform_RowsDrawnAnewAtEachReading_ScoresTheFeaturesThatItPasses()
    {
        // No two readings have a row in common.
        var random = new Random(8);
        var drawn = Enumerable.Range(0, 300).Select(i => new SourceRow { Id = i, Features = [3 * random.NextSingle(), 3 * random.NextSingle()] });
        var scored = ClusteredRow.Read(Ml, Models.Deep.Transform(Ml.Data.LoadFromEnumerable(drawn)));
        using var engine = Ml.Model.CreatePredictionEngine<SourceRow, ClusteredRow>(Models.Deep, new PredictionEngineOptions { OwnsTransformer = false });
        foreach (var row in scored)
            Assert.AreEqual(engine.Predict(new SourceRow { Features = row.Features }).Score[0], row.Score[0], Math.Max(1e-5, 2e-6 * row.Score[0]));
    }

    [TestMethod]
    public void Evaluate_OfMlNet_IsThatOfAFixedOrder()
    {
        var random = new Random(9);
        var rows = SourceRow.Make();
        var fixedOrder = Keyed(Ml.Data.LoadFromEnumerable(rows));
        var lazy = Keyed(Ml.Data.LoadFromEnumerable(rows.OrderBy(_ => random.Next())));
        Assert.AreEqual(
            Ml.Clustering.Evaluate(fixedOrder, "Key", "Score", "Features").NormalizedMutualInformation,
            Ml.Clustering.Evaluate(lazy, "Key", "Score", "Features").NormalizedMutualInformation, 1e-9);

        static IDataView Keyed(IDataView data)
            => Models.Deep.Transform(Ml.Transforms.Conversion.MapValueToKey("Key", "Class").Fit(Ml.Data.LoadFromEnumerable(SourceRow.Make())).Transform(data));
    }

    [TestMethod]
    public void GetColumn_TwoColumnsAtOnce_AreOfOneReadingEach()
    {
        var rows = new RestrictedRows<SourceRow>(() => SourceRow.Make(), mostOpen: 1);
        var scored = Models.Deep.Transform(Ml.Data.LoadFromEnumerable(rows));
        Assert.HasCount(300, scored.GetColumn<float>("Id").ToArray());
        Assert.HasCount(300, scored.GetColumn<uint>("PredictedLabel").ToArray());
        Assert.HasCount(10, scored.Preview(10).RowView);
        Assert.AreEqual(3, rows.Readings);
    }

    private static IDataView Saved(IDataView scored, TemporaryFolder folder, Action<IDataView, Stream> save, Func<string, IDataView> load)
    {
        var path = folder.File("scored");
        using (var stream = File.Create(path))
            save(scored, stream);
        return load(path);
    }
}
