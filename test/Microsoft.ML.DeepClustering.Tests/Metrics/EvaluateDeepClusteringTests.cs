using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Metrics;

[TestClass]
public sealed class EvaluateDeepClusteringTests
{
    // Classes 0 to 2 and clusters 1 to 4 of six rows: the best map leaves out two rows, no row is in cluster 3.
    private static readonly int[] Classes = [0, 0, 1, 1, 2, 2];
    private static readonly uint[] Clusters = [2, 2, 1, 4, 4, 4];

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Evaluate_SmallData_EqualsScikitLearns()
    {
        var metrics = Evaluate(Classes);

        Assert.AreEqual(0.8333333333333334, metrics.Accuracy, 1e-12);
        Assert.AreEqual(0.7396673768007591, metrics.NormalizedMutualInformation, 1e-12);
        Assert.AreEqual(0.4444444444444444, metrics.AdjustedRandIndex, 1e-12);
        Assert.AreEqual(0.8333333333333334, metrics.Purity, 1e-12);
        Assert.AreEqual(0.7103099178571525, metrics.Homogeneity, 1e-12);
        Assert.AreEqual(0.771556173679471, metrics.Completeness, 1e-12);
        Assert.AreEqual(3, metrics.NumberOfClasses);
        Assert.AreEqual(6, metrics.RowCount);
        Assert.AreEqual(6, metrics.ComparedRowCount);
    }

    [TestMethod]
    public void Evaluate_ClusterWithoutRows_IsCountedAsEmpty()
    {
        var metrics = Evaluate(Classes);

        CollectionAssert.AreEqual(new long[] { 1, 2, 0, 3 }, metrics.ClusterSizes.ToArray());
        Assert.AreEqual(4, metrics.NumberOfClusters);
        Assert.AreEqual(1, metrics.NumberOfEmptyClusters);
    }

    [TestMethod]
    public void Evaluate_LabelOfAnyType_GivesTheSameMeasures()
    {
        var expected = Values(Evaluate(Classes));

        CollectionAssert.AreEqual(expected, Values(Evaluate(Classes.Select(c => c - 0.5f))), "float");
        CollectionAssert.AreEqual(expected, Values(Evaluate(Classes.Select(c => (double)c))), "double");
        CollectionAssert.AreEqual(expected, Values(Evaluate(Classes.Select(c => (sbyte)-c))), "sbyte");
        CollectionAssert.AreEqual(expected, Values(Evaluate(Classes.Select(c => (short)c))), "short");
        CollectionAssert.AreEqual(expected, Values(Evaluate(Classes.Select(c => (long)c << 40))), "long");
        CollectionAssert.AreEqual(expected, Values(Evaluate(Classes.Select(c => (byte)c))), "byte");
        CollectionAssert.AreEqual(expected, Values(Evaluate(Classes.Select(c => (ushort)c))), "ushort");
        CollectionAssert.AreEqual(expected, Values(Evaluate(Classes.Select(c => (uint)c))), "uint, where 0 is a value");
        CollectionAssert.AreEqual(expected, Values(Evaluate(Classes.Select(c => (ulong)c))), "ulong");
        CollectionAssert.AreEqual(expected, Values(Evaluate(Classes.Select(c => "class " + c))), "text");
        CollectionAssert.AreEqual(expected, Values(Evaluate(Classes.Select(c => new DateTime(2020 + c, 1, 1)))), "DateTime");
        CollectionAssert.AreEqual(expected, Values(Evaluate(Classes.Select(c => new DateTimeOffset(2020 + c, 1, 1, 0, 0, 0, TimeSpan.Zero)))), "DateTimeOffset");
        CollectionAssert.AreEqual(expected, Values(Evaluate(Classes.Select(c => TimeSpan.FromTicks(c)))), "TimeSpan");
        CollectionAssert.AreEqual(expected, Values(Measure(KeyRows(Classes.Select(c => (uint)c + 1)))), "key");
    }

    [TestMethod]
    public void Evaluate_BoolLabel_IsTwoClasses()
    {
        var metrics = Evaluate(Classes.Select(c => c == 0));

        Assert.AreEqual(2, metrics.NumberOfClasses);
        CollectionAssert.AreEqual(Values(Evaluate(Classes.Select(c => c == 0 ? 1 : 0))), Values(metrics));
    }

    [TestMethod]
    public void Evaluate_GeometricMean_IsTaken()
    {
        var metrics = _ml.Clustering.EvaluateDeepClustering(Rows(Classes, Clusters), "Label", averaging: MutualInformationAveraging.Geometric);

        Assert.AreEqual(0.7402999407999732, metrics.NormalizedMutualInformation, 1e-12);
        Assert.AreEqual(MutualInformationAveraging.Geometric, metrics.Averaging);
    }

    [TestMethod]
    public void Evaluate_MissingLabels_AreLeftOutAndCounted()
    {
        var floats = Evaluate([0, 0, 1, float.NaN, float.NaN, 2]);
        var doubles = Evaluate([0, 0, 1, double.NaN, double.NaN, 2]);
        var texts = Evaluate(["a", "a", "b", "", null, "c"]);
        var keys = Measure(KeyRows([1, 1, 2, 0, 0, 3]));

        foreach (var metrics in new[] { floats, doubles, texts, keys })
        {
            Assert.AreEqual(1.0, metrics.Accuracy);
            Assert.AreEqual(2, metrics.RowsWithoutLabel);
            Assert.AreEqual(4, metrics.ComparedRowCount);
            CollectionAssert.AreEqual(new long[] { 1, 2, 0, 3 }, metrics.ClusterSizes.ToArray());
        }
    }

    [TestMethod]
    public void Evaluate_MissingPredictions_AreLeftOutAndCounted()
    {
        var metrics = Measure(Rows(Classes, [2, 2, 1, 0, 4, 4]));

        Assert.AreEqual(1.0, metrics.Accuracy);
        Assert.AreEqual(1, metrics.RowsWithoutPrediction);
        Assert.AreEqual(5, metrics.ComparedRowCount);
        Assert.AreEqual(5, metrics.ClusterSizes.Sum());
    }

    [TestMethod]
    public void Evaluate_NoLabelColumn_GivesSizesAndNaN()
    {
        // As for ML.NET's own Evaluate, null is the default: a column Label is not read unless it is named.
        var metrics = _ml.Clustering.EvaluateDeepClustering(Rows(Classes, Clusters));

        foreach (var value in Values(metrics))
            Assert.IsTrue(double.IsNaN(value));
        Assert.AreEqual(6, metrics.RowsWithoutLabel);
        Assert.AreEqual(0, metrics.NumberOfClasses);
        CollectionAssert.AreEqual(new long[] { 1, 2, 0, 3 }, metrics.ClusterSizes.ToArray());
    }

    [TestMethod]
    public void Evaluate_NullAfterTheData_IsNoLabelColumn()
        => Assert.AreEqual(6, _ml.Clustering.EvaluateDeepClustering(Rows(Classes, Clusters), null).RowsWithoutLabel);

    [TestMethod]
    public void Evaluate_WithOptions_GivesTheSameAsWithParameters()
    {
        var options = new DeepClusteringEvaluationOptions { LabelColumnName = "Label", Averaging = MutualInformationAveraging.Geometric };
        CollectionAssert.AreEqual(
            Values(_ml.Clustering.EvaluateDeepClustering(Rows(Classes, Clusters), "Label", averaging: MutualInformationAveraging.Geometric)),
            Values(_ml.Clustering.EvaluateDeepClustering(Rows(Classes, Clusters), options)));

        var renamed = _ml.Data.LoadFromEnumerable(Classes.Zip(Clusters, (c, j) => new RenamedRow { Digit = c, Cluster = KeyMember.Of(j) }).ToList());
        options = new() { LabelColumnName = "Digit", PredictedLabelColumnName = "Cluster" };
        CollectionAssert.AreEqual(Values(Evaluate(Classes)), Values(_ml.Clustering.EvaluateDeepClustering(renamed, options)));
    }

    [TestMethod]
    public void Evaluate_RowsShuffled_GivesTheSameMeasures()
    {
        var rows = Rows(Classes, Clusters);
        var (ordered, shuffled) = (Values(Measure(rows)), Values(Measure(_ml.Data.ShuffleRows(rows, seed: 5))));

        for (var i = 0; i < ordered.Length; i++)
            Assert.AreEqual(ordered[i], shuffled[i], 1e-12);
    }

    [TestMethod]
    public void Evaluate_KeyTypeOfAnyCount_ListsClustersUpToTheHighestSeen()
    {
        var metrics = Measure(_ml.Data.LoadFromEnumerable([new OpenRow { Label = 1, PredictedLabel = KeyMember.Of(2u) }, new OpenRow { Label = 2, PredictedLabel = KeyMember.Of(5u) }]));

        CollectionAssert.AreEqual(new long[] { 0, 1, 0, 0, 1 }, metrics.ClusterSizes.ToArray());
    }

    [TestMethod]
    public void Evaluate_KMeansOutput_IsRead()
    {
        var random = new Random(2);
        var points = Enumerable.Range(0, 300).Select(i => new Point { Label = i % 3, Features = [(10 * (i % 3)) + random.NextSingle(), random.NextSingle()] });
        var data = _ml.Data.Cache(_ml.Data.LoadFromEnumerable(points.ToList()));

        var metrics = Measure(_ml.Clustering.Trainers.KMeans(numberOfClusters: 3).Fit(data).Transform(data));

        Assert.AreEqual(1.0, metrics.Accuracy);
        Assert.AreEqual(1.0, metrics.NormalizedMutualInformation, 1e-12);
        CollectionAssert.AreEqual(new long[] { 100, 100, 100 }, metrics.ClusterSizes.ToArray());
    }

    [TestMethod]
    public void Evaluate_NoRows_SaysSo()
    {
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Evaluate(Array.Empty<float>()));

        StringAssert.Contains(error.Message, "0 rows");
    }

    [TestMethod]
    [DataRow("Digit", "PredictedLabel", "labelColumnName")]
    [DataRow("Label", "Cluster", "predictedLabelColumnName")]
    public void Evaluate_ColumnMissing_NamesItAndThoseThereAre(string label, string predicted, string parameter)
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => _ml.Clustering.EvaluateDeepClustering(Rows(Classes, Clusters), label, predicted));

        Assert.AreEqual(parameter, error.ParamName);
        StringAssert.Contains(error.Message, parameter == "labelColumnName" ? "'Digit'" : "'Cluster'");
        StringAssert.Contains(error.Message, "only: Label, PredictedLabel");
    }

    [TestMethod]
    public void Evaluate_PredictionIsNoKey_SaysItsType()
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => _ml.Clustering.EvaluateDeepClustering(_ml.Data.LoadFromEnumerable([new Point { Label = 1 }]), null, "Label"));

        StringAssert.Contains(error.Message, "must be a key");
    }

    [TestMethod]
    public void Evaluate_VectorLabel_SaysItsType()
    {
        var data = _ml.Data.LoadFromEnumerable([new VectorLabelRow()]);

        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Measure(data));

        Assert.AreEqual("labelColumnName", error.ParamName);
        StringAssert.Contains(error.Message, "MapValueToKey");
    }

    [TestMethod]
    public void Evaluate_KeyFarOutOfRange_SaysWhichRow()
    {
        var data = _ml.Data.LoadFromEnumerable([new OpenRow { PredictedLabel = KeyMember.Of(1u) }, new OpenRow { PredictedLabel = KeyMember.Of(2_000_000u) }]);

        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Measure(data));

        StringAssert.Contains(error.Message, "Row 1 of column 'PredictedLabel' has the key 2000000");
    }

    [TestMethod]
    public void Evaluate_AveragingUndefined_IsRefused()
        => Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => _ml.Clustering.EvaluateDeepClustering(Rows(Classes, Clusters), averaging: (MutualInformationAveraging)7));

    private DeepClusteringMetrics Evaluate<T>(IEnumerable<T> labels) => Measure(Rows(labels, Clusters));

    private DeepClusteringMetrics Measure(IDataView data) => _ml.Clustering.EvaluateDeepClustering(data, "Label");

    private IDataView Rows<T>(IEnumerable<T> labels, IEnumerable<uint> clusters)
        => _ml.Data.LoadFromEnumerable(labels.Zip(clusters, (label, cluster) => new Row<T> { Label = label, PredictedLabel = KeyMember.Of(cluster) }).ToList());

    private IDataView KeyRows(IEnumerable<uint> labels)
        => _ml.Data.LoadFromEnumerable(labels.Zip(Clusters, (label, cluster) => new KeyRow { Label = KeyMember.Of(label), PredictedLabel = KeyMember.Of(cluster) }).ToList());

    private static double[] Values(DeepClusteringMetrics metrics) =>
    [
        metrics.Accuracy, metrics.NormalizedMutualInformation, metrics.AdjustedRandIndex, metrics.Purity, metrics.Homogeneity, metrics.Completeness,
    ];

    public sealed class Row<T>
    {
        public T Label { get; set; } = default!;

        [KeyType(4)]
        public uint PredictedLabel { get; set; }
    }

    public sealed class KeyRow
    {
        [KeyType(3)]
        public uint Label { get; set; }

        [KeyType(4)]
        public uint PredictedLabel { get; set; }
    }

    public sealed class RenamedRow
    {
        public int Digit { get; set; }

        [KeyType(4)]
        public uint Cluster { get; set; }
    }

    public sealed class OpenRow
    {
        public float Label { get; set; }

        [KeyType(uint.MaxValue)]
        public uint PredictedLabel { get; set; }
    }

    public sealed class VectorLabelRow
    {
        [VectorType(2)]
        public float[] Label { get; set; } = [0, 1];

        [KeyType(4)]
        public uint PredictedLabel { get; set; } = 1;
    }

    public sealed class Point
    {
        public float Label { get; set; }

        [VectorType(2)]
        public float[] Features { get; set; } = [];
    }
}
