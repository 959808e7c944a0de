using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Metrics;

/// <summary>The contingency table of an evaluation: the names of classes of each label type, and the map of clusters to them.</summary>
[TestClass]
public sealed class EvaluateContingencyTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Contingency_SmallData_HasCountsAndTheMapBehindAccuracy()
    {
        var metrics = Evaluate(Rows([0, 0, 1, 1, 2, 2], [2, 2, 1, 4, 4, 4]));
        var table = metrics.Contingency;

        CollectionAssert.AreEqual(new[] { "0", "1", "2" }, table.ClassNames.ToArray());
        Assert.AreEqual(4, table.NumberOfClusters);
        Assert.AreEqual(2, table[0, 2]);
        Assert.AreEqual(1, table[1, 1]);
        Assert.AreEqual(1, table[1, 4]);
        Assert.AreEqual(2, table[2, 4]);
        Assert.AreEqual(0, table[2, 3]);
        CollectionAssert.AreEqual(new[] { "1", "0", null, "2" }, table.ClassOfCluster.ToArray());
        var matched = table.ClassOfCluster.Select((name, j) => name == null ? 0 : table[table.ClassNames.ToList().IndexOf(name), (uint)j + 1]).Sum();
        Assert.AreEqual(metrics.Accuracy, (double)matched / table.Total);
    }

    [TestMethod]
    public void Contingency_NoLabels_HasClustersOnly()
    {
        var table = _ml.Clustering.EvaluateDeepClustering(Rows([0, 1], [1, 4]), labelColumnName: null).Contingency;

        Assert.IsEmpty(table.ClassNames);
        Assert.AreEqual(0, table.Total);
        CollectionAssert.AreEqual(new string?[4], table.ClassOfCluster.ToArray());
    }

    [TestMethod]
    public void Contingency_RowsWithoutLabelOrPrediction_AreNotInIt()
    {
        var metrics = Evaluate(Rows([7, 8, float.NaN, 8], [1, 0, 2, 2]));

        CollectionAssert.AreEqual(new[] { "7", "8" }, metrics.Contingency.ClassNames.ToArray());
        CollectionAssert.AreEqual(new long[] { 1, 1, 0, 0 }, metrics.Contingency.ClusterTotals.ToArray());
        CollectionAssert.AreEqual(new long[] { 1, 2, 0, 0 }, metrics.ClusterSizes.ToArray());
        Assert.AreEqual(2, metrics.ComparedRowCount);
    }

    [TestMethod]
    public void Contingency_ClassWithoutPredictedRow_IsNotInIt()
    {
        var metrics = Evaluate(Rows([7, 8, 9], [1, 0, 2]));

        CollectionAssert.AreEqual(new[] { "7", "9" }, metrics.Contingency.ClassNames.ToArray());
        Assert.AreEqual(2, metrics.NumberOfClasses);
    }

    [TestMethod]
    public void ClassNames_OfAnyType_AreTheValuesInOrder()
    {
        AreNames(["-0.5", "1.25", "10"], Rows([10, -0.5f, 1.25f], [1, 2, 3]));
        AreNames(["-0.5", "1.25", "10"], Rows([10, -0.5, 1.25], [1, 2, 3]));
        AreNames(["-3", "9", "10"], Rows<sbyte>([10, -3, 9], [1, 2, 3]));
        AreNames(["-3", "9", "10"], Rows<short>([10, -3, 9], [1, 2, 3]));
        AreNames(["-3", "9", "10"], Rows([10, -3, 9], [1, 2, 3]));
        AreNames(["-3", "9", "10"], Rows<long>([10, -3, 9], [1, 2, 3]));
        AreNames(["0", "9", "10"], Rows<byte>([10, 0, 9], [1, 2, 3]));
        AreNames(["0", "9", "10"], Rows<ushort>([10, 0, 9], [1, 2, 3]));
        AreNames(["0", "9", "10"], Rows<uint>([10, 0, 9], [1, 2, 3]));
        AreNames(["0", "9", "10"], Rows<ulong>([10, 0, 9], [1, 2, 3]));
        AreNames(["False", "True"], Rows([true, false, true], [1, 2, 3]));
        AreNames(["B", "a", "ä"], Rows(["ä", "a", "B"], [1, 2, 3]));
        AreNames(["2020-01-02T00:00:00.0000000", "2020-01-02T00:00:00.0000001"], Rows([new DateTime(2020, 1, 2).AddTicks(1), new DateTime(2020, 1, 2)], [1, 2]));
        AreNames(["2020-01-02T00:00:00.0000000+01:00"], Rows([new DateTimeOffset(2020, 1, 2, 0, 0, 0, TimeSpan.FromHours(1))], [1]));
        AreNames(["-00:00:01", "00:00:00.0000001"], Rows([TimeSpan.FromTicks(1), TimeSpan.FromSeconds(-1)], [1, 2]));
    }

    [TestMethod]
    public void ClassNames_InAnotherCulture_AreTheSame()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            AreNames(["-0.5", "1.25"], Rows([1.25f, -0.5f], [1, 2]));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [TestMethod]
    public void ClassNames_KeysOfAnyRawType_AreTheKeysWithoutMissing()
    {
        AreNames(["1", "3"], Keys<byte>([3, 1, 0], typeof(byte)));
        // ML.NET reads no such keys from members of a class.
        var converted = _ml.Transforms.Conversion.ConvertType("Label", outputKind: DataKind.UInt16);
        var keys = Keys<uint>([3, 1, 0], typeof(uint));
        var small = converted.Fit(keys).Transform(keys);
        Assert.AreEqual(typeof(ushort), small.Schema["Label"].Type.RawType);
        AreNames(["1", "3"], small);
        AreNames(["1", "3"], Keys<uint>([3, 1, 0], typeof(uint)));
        AreNames(["1", "3"], Keys<ulong>([3, 1, 0], typeof(ulong)));
    }

    [TestMethod]
    public void ClassNames_KeysWithValues_AreTheValuesInTheOrderOfKeys()
    {
        var texts = Mapped(Rows(["pear", "apple", "pear", ""], [1, 2, 1, 1]));
        AreNames(["pear", "apple"], texts);
        Assert.AreEqual(1, Evaluate(texts).RowsWithoutLabel);
        CollectionAssert.AreEqual(new[] { "pear", "apple", null, null }, Evaluate(texts).Contingency.ClassOfCluster.ToArray());

        AreNames(["2.5", "-1"], Mapped(Rows([2.5f, -1f], [1, 2])));
        AreNames(["20", "-1"], Mapped(Rows([20L, -1L], [1, 2])));
        AreNames(["True", "False"], Mapped(Rows([true, false], [1, 2])));
    }

    private IDataView Mapped(IDataView data) => _ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);

    private void AreNames(string[] expected, IDataView data) => CollectionAssert.AreEqual(expected, Evaluate(data).Contingency.ClassNames.ToArray());

    private DeepClusteringMetrics Evaluate(IDataView data) => _ml.Clustering.EvaluateDeepClustering(data, "Label");

    private IDataView Rows<T>(IEnumerable<T> labels, IEnumerable<uint> clusters)
        => _ml.Data.LoadFromEnumerable(labels.Zip(clusters, (label, cluster) => new Row<T> { Label = label, PredictedLabel = KeyMember.Of(cluster) }).ToList());

    private IDataView Keys<T>(IEnumerable<T> labels, Type rawType)
        where T : System.Numerics.IBinaryInteger<T>
    {
        var schema = SchemaDefinition.Create(typeof(Row<T>));
        schema["Label"].ColumnType = new KeyDataViewType(rawType, 3);
        return _ml.Data.LoadFromEnumerable(labels.Select(label => new Row<T> { Label = KeyMember.Of(label), PredictedLabel = KeyMember.Of(1u) }).ToList(), schema);
    }

    internal sealed class Row<T>
    {
        public T Label { get; set; } = default!;

        [KeyType(4)]
        public uint PredictedLabel { get; set; }
    }
}
