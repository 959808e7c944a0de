using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Tests.Metrics;

/// <summary>Results that were read back into a list, where a predicted key is a plain number that counts from 1.</summary>
[TestClass]
public sealed class PlainPredictionTests
{
    private readonly MLContext _ml = new();

    [TestMethod]
    public void Evaluate_ListOfResults_TakesPlainNumbersAsKeysFromOne()
    {
        Equals(_ml.Data.LoadFromEnumerable(Rows.Select(i => new Unsigned { Class = $"{i % 3}", PredictedLabel = (uint)(i % 3 + 1) })));
        Equals(_ml.Data.LoadFromEnumerable(Rows.Select(i => new Signed { Class = $"{i % 3}", PredictedLabel = i % 3 + 1 })));
        Equals(_ml.Data.LoadFromEnumerable(Rows.Select(i => new Keyed { Class = $"{i % 3}", PredictedLabel = (uint)(i % 3) })));
    }

    [TestMethod]
    public void Evaluate_ScoredRowsReadBackIntoAList_GiveTheMeasuresOfTheScoredView()
    {
        var view = _ml.Data.LoadFromEnumerable(Rows.Select(i => new Point { Class = $"{i % 2}", Features = [i % 2, i % 5 * 0.01f] }).ToArray());
        var scored = _ml.Clustering.Trainers.KMeans("Features", numberOfClusters: 2).Fit(view).Transform(view);
        var list = _ml.Data.CreateEnumerable<Unsigned>(scored, reuseRowObject: false).ToList();
        var (expected, found) = (_ml.Clustering.EvaluateDeepClustering(scored, "Class"), _ml.Clustering.EvaluateDeepClustering(_ml.Data.LoadFromEnumerable(list), "Class"));
        Assert.AreEqual(1.0, found.Accuracy);
        CollectionAssert.AreEqual(expected.ClusterSizes.ToArray(), found.ClusterSizes.ToArray());
    }

    [TestMethod]
    public void Evaluate_PlainZero_IsAMissingPrediction()
    {
        var metrics = _ml.Clustering.EvaluateDeepClustering(_ml.Data.LoadFromEnumerable(Rows.Select(i => new Signed { Class = $"{i % 3}", PredictedLabel = i % 3 })), "Class");
        Assert.AreEqual(3, metrics.RowsWithoutPrediction);
        CollectionAssert.AreEqual(new long[] { 3, 3 }, metrics.ClusterSizes.ToArray());
    }

    [TestMethod]
    public void Evaluate_NegativeNumber_SaysWhichRow()
    {
        var view = _ml.Data.LoadFromEnumerable(Rows.Select(i => new Signed { Class = "", PredictedLabel = i == 4 ? -1 : 1 }));
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => _ml.Clustering.EvaluateDeepClustering(view, "Class"));
        StringAssert.Contains(error.Message, "Row 4 of column 'PredictedLabel' has the number -1; clusters count from 1");
    }

    private static IEnumerable<int> Rows => Enumerable.Range(0, 9);

    private void Equals(IDataView view)
    {
        var metrics = _ml.Clustering.EvaluateDeepClustering(view, "Class");
        Assert.AreEqual(1.0, metrics.Accuracy);
        Assert.AreEqual(0, metrics.RowsWithoutPrediction);
        CollectionAssert.AreEqual(new long[] { 3, 3, 3 }, metrics.ClusterSizes.ToArray());
    }

    private sealed class Unsigned
    {
        public string Class { get; set; } = "";

        public uint PredictedLabel { get; set; }
    }

    private sealed class Signed
    {
        public string Class { get; set; } = "";

        public int PredictedLabel { get; set; }
    }

    private sealed class Keyed
    {
        public string Class { get; set; } = "";

        [KeyType(3)]
        public uint PredictedLabel { get; set; }
    }

    private sealed class Point
    {
        public string Class { get; set; } = "";

        [VectorType(2)]
        public float[] Features { get; set; } = [];
    }
}
