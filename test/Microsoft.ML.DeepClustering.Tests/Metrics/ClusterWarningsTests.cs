using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Metrics;

[TestClass]
public sealed class ClusterWarningsTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Warnings_ClustersAsTheyShouldBe_AreNone()
    {
        var metrics = Evaluate(3, 2, 4, 1);

        Assert.IsEmpty(metrics.Warnings);
        Assert.IsEmpty(metrics.EmptyClusters);
        Assert.IsNull(metrics.DominantCluster);
    }

    [TestMethod]
    public void Warnings_EmptyClusters_NameTheirKeys()
    {
        var metrics = Evaluate(3, 0, 4, 4, 0, 3, 0, 5, 2, 1);

        CollectionAssert.AreEqual(new uint[] { 2, 5, 7 }, metrics.EmptyClusters.ToArray());
        Assert.AreEqual(3, metrics.NumberOfEmptyClusters);
        Assert.AreEqual(
            "3 of 10 clusters have no row (keys 2, 5, 7); raise NumberOfRuns, train longer, or lower NumberOfClusters.",
            metrics.Warnings.Single());
    }

    [TestMethod]
    public void Warnings_OneEmptyCluster_IsInTheSingular()
        => StringAssert.StartsWith(Evaluate(3, 0, 4).Warnings.Single(), "1 of 3 clusters has no row (key 2); ");

    [TestMethod]
    public void Warnings_ManyEmptyClusters_NameTwentyKeysAndCountTheRest()
        => StringAssert.Contains(Evaluate([3, 3, .. new int[23]]).Warnings.Single(), "keys 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22 and 3 more)");

    [TestMethod]
    [DataRow(new[] { 15, 5 }, null)]
    [DataRow(new[] { 16, 4 }, 1)]
    [DataRow(new[] { 5, 12, 1, 2 }, null)]
    [DataRow(new[] { 4, 13, 1, 2 }, 2)]
    [DataRow(new[] { 7 }, null)]
    [DataRow(new[] { 0, 9 }, 2)]
    public void DominantCluster_OfSizes_HasMoreThanHalfwayFromAnEqualShareToAll(int[] sizes, int? key)
        => Assert.AreEqual((uint?)key, Evaluate(sizes).DominantCluster);

    [TestMethod]
    public void Warnings_DominantCluster_SaysItsRowsAndShare()
    {
        var warning = Evaluate(1, 96, 2, 1).Warnings.Single();

        StringAssert.StartsWith(warning, "The cluster of key 2 has 96 of 100 rows, 96.0 %; ");
    }

    [TestMethod]
    public void Warnings_AllRowsInOneCluster_SayBoth()
    {
        var metrics = Evaluate(0, 6, 0);

        Assert.HasCount(2, metrics.Warnings);
        StringAssert.Contains(metrics.Warnings[0], "keys 1, 3");
        StringAssert.Contains(metrics.Warnings[1], "6 of 6 rows, 100.0 %");
    }

    [TestMethod]
    public void DominantCluster_RowsWithoutPrediction_DoNotCount()
    {
        var rows = new uint[] { 1, 1, 1, 1, 2, 0, 0, 0, 0, 0 }.Select(key => new Row { PredictedLabel = KeyMember.Of(key) });

        Assert.AreEqual(1u, _ml.Clustering.EvaluateDeepClustering(View(rows, 2), labelColumnName: null).DominantCluster);
    }

    [TestMethod]
    public void Warnings_NoPredictionAtAll_AreOfEmptyClusters()
    {
        var metrics = _ml.Clustering.EvaluateDeepClustering(View([new Row { PredictedLabel = KeyMember.Of(0u) }], 2), labelColumnName: null);

        StringAssert.StartsWith(metrics.Warnings.Single(), "2 of 2 clusters have no row");
        Assert.IsNull(metrics.DominantCluster);
    }

    private DeepClusteringMetrics Evaluate(params int[] sizes)
    {
        var rows = sizes.SelectMany((size, j) => Enumerable.Repeat(new Row { PredictedLabel = KeyMember.Of((uint)j + 1) }, size));
        return _ml.Clustering.EvaluateDeepClustering(View(rows, sizes.Length), labelColumnName: null);
    }

    private IDataView View(IEnumerable<Row> rows, int clusters)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.PredictedLabel)].ColumnType = new KeyDataViewType(typeof(uint), clusters);
        return _ml.Data.LoadFromEnumerable(rows.ToList(), schema);
    }

    internal sealed class Row
    {
        public uint PredictedLabel { get; set; }
    }
}
