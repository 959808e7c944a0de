using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Scoring;

/// <summary>Whatever rows come from, each gets its own cluster: ML.NET's K-means is the yardstick.</summary>
[TestClass]
public sealed class RowSourcesTests
{
    private static readonly SourceModels Models = new();
    private static readonly RowSources Sources = new();

    public static IEnumerable<object[]> Names => Sources.All.Keys.Select(name => new object[] { name });

    [ClassCleanup]
    public static void Free()
    {
        Models.Dispose();
        Sources.Dispose();
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Transform_AnySource_GivesEachRowItsOwnCluster(string name)
    {
        var ofKMeans = ClusteredRow.Read(Models.Ml, Models.KMeans.Transform(Sources.All[name]()));
        var ofDeep = ClusteredRow.Read(Models.Ml, Models.Deep.Transform(Sources.All[name]()));

        Models.HaveTheirOwnClusters(Models.KMeans, ofKMeans);
        Models.HaveTheirOwnClusters(Models.Deep, ofDeep);
        Assert.HasCount(ofKMeans.Length, ofDeep);
        Assert.AreEqual(ofDeep.Length, ofDeep.Select(r => r.Id).Distinct().Count());
        foreach (var row in ofDeep)
            CollectionAssert.AreEqual(SourceRow.Make()[(int)row.Id].Features, row.Features);
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Read_AnySource_GivesEachRowItsOwnClass(string name)
    {
        if (name is "no rows")
            return;
        var source = Sources.All[name]();
        using var read = new TrainingReader(source.Schema["Features"], new InputShape([2]), FeatureStorage.Auto, LabelColumn.Find(source.Schema, Recording().ComparedColumnName), CancellationToken.None).Read(source);

        var groups = read.Features.Range(0, read.Features.Count).data<float>().ToArray().Chunk(2).Select(f => (int)f[1]).ToArray();
        Assert.HasCount(groups.Length, read.Classes!);
        Assert.HasCount(Math.Min(3, groups.Length), groups.Zip(read.Classes!).Distinct().ToArray(), "A group is a class, and a class is a group.");
    }

    [TestMethod]
    [DataRow("a list")]
    [DataRow("an order drawn at each reading")]
    [DataRow("rows that can be read once")]
    public void Fit_AnySource_RecordsTheAccuracyOfItsRows(string name)
    {
        using var model = Models.Ml.Clustering.Trainers.Dec(Recording()).Fit(Sources.All[name]());

        var last = model.History.BestRun.Epochs.Last(e => e.Performance is not null).Performance!;
        Assert.AreEqual(1.0, last[PerformanceMeasure.Accuracy]);
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Evaluate_AnySource_ComparesEachRowWithItsOwnClass(string name)
    {
        if (name is "no rows" or "one row")
            return;
        var metrics = Models.Ml.Clustering.EvaluateDeepClustering(Models.Deep.Transform(Sources.All[name]()), "Class");

        Assert.AreEqual(1.0, metrics.Accuracy);
        Assert.IsGreaterThan(0.9, metrics.Silhouette);
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void CreateEnumerable_ReusedRowObject_HasTheRowsOwnValues(string name)
    {
        foreach (var row in Models.Ml.Data.CreateEnumerable<ClusteredRow>(Models.Deep.Transform(Sources.All[name]()), reuseRowObject: true))
            Models.HaveTheirOwnClusters(Models.Deep, [row]);
    }

    private static DecOptions Recording() => new()
    {
        NumberOfClusters = 3, PretrainingEpochs = 10, NumberOfEpochs = 2, BatchSize = 50, Seed = 1, RecordPerformance = true, LabelColumnName = "Class",
    };
}
