using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Tests.StandIns;

/// <summary>ML.NET's own clustering metrics, against values worked out by hand.</summary>
[TestClass]
public sealed class EvaluateMetricsTests
{
    private readonly MLContext _ml = new(seed: 1);

    // Clusters {0, 1} and {10, 12}: centroids 0.5 and 11, scatters 0.5 and 1, so that the index is 1.5 / 10.5.
    private static readonly Row[] Rows =
    [
        new() { Score = [0.1f, 0.9f], Label = 0, Features = [0f] },
        new() { Score = [0.2f, 0.8f], Label = 0, Features = [1f] },
        new() { Score = [0.7f, 0.3f], Label = 1, Features = [10f] },
        new() { Score = [0.6f, 0.4f], Label = 0, Features = [12f] },
    ];

    [TestMethod]
    public void Evaluate_FourRows_EqualsHandCalculation()
    {
        var metrics = _ml.Clustering.Evaluate(Load(Rows), "Label", featureColumnName: "Features");

        var information = 0.5 * Math.Log(4 / 3.0) + 0.25 * Math.Log(2 / 3.0) + 0.25 * Math.Log(2);
        var entropy = -0.75 * Math.Log(0.75) - 0.25 * Math.Log(0.25);
        Assert.AreEqual(0.25, metrics.AverageDistance, 1e-6);
        Assert.AreEqual(information / entropy, metrics.NormalizedMutualInformation, 1e-6);
        Assert.AreEqual(1.5 / 10.5, metrics.DaviesBouldinIndex, 1e-6);
    }

    [TestMethod]
    public void Evaluate_NeitherLabelNorFeatures_NaNAndZero()
    {
        var metrics = _ml.Clustering.Evaluate(Load(Rows));

        Assert.AreEqual(double.NaN, metrics.NormalizedMutualInformation);
        Assert.AreEqual(0, metrics.DaviesBouldinIndex);
        Assert.AreEqual(0.25, metrics.AverageDistance, 1e-6);
    }

    [TestMethod]
    public void Evaluate_TwoClassesInFourPureClusters_InformationIsOne()
    {
        var rows = Enumerable.Range(0, 8).Select(i => new WideRow { Score = Distances(i % 4, 4), Label = i % 2 }).ToArray();

        var metrics = _ml.Clustering.Evaluate(Load(rows), "Label");

        Assert.AreEqual(1, metrics.NormalizedMutualInformation, 1e-9);
    }

    [TestMethod]
    public void Evaluate_OneLabelAboveZero_InformationIsNaN()
    {
        var rows = Enumerable.Range(0, 8).Select(i => new WideRow { Score = Distances(i % 4, 4), Label = 3 }).ToArray();

        Assert.AreEqual(double.NaN, _ml.Clustering.Evaluate(Load(rows), "Label").NormalizedMutualInformation);
    }

    [TestMethod]
    public void Evaluate_NaNScores_RowIsSkipped()
    {
        var withNaN = new Row { Score = [float.NaN, float.NaN], Label = 1, Features = [1000f] };

        var metrics = _ml.Clustering.Evaluate(Load([.. Rows, withNaN]), "Label", featureColumnName: "Features");

        Assert.AreEqual(0.25, metrics.AverageDistance, 1e-6);
        Assert.AreEqual(1.5 / 10.5, metrics.DaviesBouldinIndex, 1e-6);
    }

    [TestMethod]
    public void Evaluate_NaNLabel_CountsAsClassZero()
    {
        var rows = Rows.Select((row, i) => new Row { Score = row.Score, Features = row.Features, Label = i == 1 ? float.NaN : row.Label }).ToArray();

        var expected = _ml.Clustering.Evaluate(Load(Rows), "Label").NormalizedMutualInformation;
        Assert.AreEqual(expected, _ml.Clustering.Evaluate(Load(rows), "Label").NormalizedMutualInformation, 1e-9);
    }

    [TestMethod]
    [DataRow(-1f)]
    [DataRow(0.5f)]
    public void Evaluate_LabelThatIsNoClass_Throws(float label)
    {
        var bad = new Row { Score = [0, 1], Label = label, Features = [0] };

        Assert.Throws<Exception>(() => _ml.Clustering.Evaluate(Load([.. Rows, bad]), "Label"));
    }

    [TestMethod]
    public void Evaluate_KeyLabel_SameAsNumber()
    {
        var keyed = _ml.Transforms.Conversion.MapValueToKey("Key", "Label").Fit(Load(Rows)).Transform(Load(Rows));

        var expected = _ml.Clustering.Evaluate(Load(Rows), "Label").NormalizedMutualInformation;
        Assert.AreEqual(expected, _ml.Clustering.Evaluate(keyed, "Key").NormalizedMutualInformation, 1e-9);
    }

    [TestMethod]
    public void Evaluate_EmptyCluster_CountsInTheIndexsMean()
    {
        var rows = Rows.Select(row => new WideRow { Score = [row.Score[0], row.Score[1], 5, 5], Features = row.Features }).ToArray();

        var metrics = _ml.Clustering.Evaluate(Load(rows), featureColumnName: "Features");

        Assert.AreEqual(2 * 1.5 / 10.5 / 4, metrics.DaviesBouldinIndex, 1e-6);
    }

    [TestMethod]
    public void Evaluate_EqualScores_FirstClusterIsAssigned()
    {
        Row[] rows =
        [
            new() { Score = [0.5f, 0.5f], Label = 0 },
            new() { Score = [0.1f, 0.9f], Label = 0 },
            new() { Score = [0.9f, 0.1f], Label = 1 },
        ];

        Assert.AreEqual(1, _ml.Clustering.Evaluate(Load(rows), "Label").NormalizedMutualInformation, 1e-9);
    }

    [TestMethod]
    public void Evaluate_NoSuchColumn_Throws()
    {
        Assert.Throws<ArgumentException>(() => _ml.Clustering.Evaluate(Load(Rows), scoreColumnName: "None"));
        Assert.Throws<ArgumentException>(() => _ml.Clustering.Evaluate(Load(Rows), "None"));
    }

    private IDataView Load<T>(T[] rows)
        where T : class
        => _ml.Data.LoadFromEnumerable(rows);

    private static float[] Distances(int nearest, int count) => Enumerable.Range(0, count).Select(i => i == nearest ? 0.5f : 1f + i).ToArray();

    private sealed class Row
    {
        [VectorType(2)]
        public float[] Score { get; set; } = [];

        public float Label { get; set; }

        [VectorType(1)]
        public float[] Features { get; set; } = [0];
    }

    private sealed class WideRow
    {
        [VectorType(4)]
        public float[] Score { get; set; } = [];

        public float Label { get; set; }

        [VectorType(1)]
        public float[] Features { get; set; } = [0];
    }
}
