using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Persistence;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Estimators;

/// <summary>Rows that count more than others, in whole trainings.</summary>
[TestClass]
public sealed class ExampleWeightTests
{
    private const int Size = 6;

    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Methods => MethodNames.OptionTypes.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Fit_EqualWeights_GiveTheModelWithoutWeights(string method)
    {
        var rows = Rows(i => 2.5f);
        CollectionAssert.AreEqual(Trained(method, rows, weighted: false).Weights, Trained(method, rows, weighted: true).Weights);
    }

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Fit_RowsOfWeightZero_GiveTheModelWithoutThem(string method)
    {
        var rows = Rows(i => i % 4 == 1 ? 0 : 1);
        var without = rows.Where(r => r.Weight > 0).ToArray();
        CollectionAssert.AreEqual(Trained(method, without, weighted: false).Weights, Trained(method, rows, weighted: true).Weights);
    }

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Fit_OtherWeights_GiveAnotherModel(string method)
    {
        var (alike, other) = (Trained(method, Rows(i => 1), weighted: true), Trained(method, Rows(i => 1 + i % 3), weighted: true));
        CollectionAssert.AreNotEqual(alike.Weights, other.Weights);
        Assert.IsTrue(other.Losses.All(double.IsFinite));
    }

    // All rows in one batch: each step has the same gradient.
    [TestMethod]
    [DataRow("AutoencoderKMeans")]
    [DataRow("Idec")]
    [DataRow("DeepKMeans")]
    [DataRow("DynamicAutoencoder")]
    public void Fit_RowsOfWeightTwo_PretrainLikeTwoRows(string method)
    {
        var rows = Rows(i => 1 + i % 2);
        var twice = rows.SelectMany(r => Enumerable.Repeat(r, (int)r.Weight)).ToArray();
        var (weighted, copied) = (Trained(method, rows, weighted: true, o => o.BatchSize = 1000), Trained(method, twice, weighted: false, o => o.BatchSize = 1000));
        var plain = Trained(method, rows, weighted: false, o => o.BatchSize = 1000);
        for (var epoch = 0; epoch < 2; epoch++)
            Assert.AreEqual(copied.Losses[epoch], weighted.Losses[epoch], 1e-4 * copied.Losses[epoch], $"epoch {epoch + 1}");
        Assert.AreNotEqual(plain.Losses[0], weighted.Losses[0], 1e-3 * plain.Losses[0]);
    }

    [TestMethod]
    public void Fit_AutoencoderKMeans_CentroidsAreTheWeightedMeansOfTheirRows()
    {
        var rows = Rows(i => 1 + 9 * (i % 2));
        using var model = Fit("AutoencoderKMeans", rows, weighted: true, null);
        var scored = _ml.Data.CreateEnumerable<Scored>(model.Transform(View(rows)), reuseRowObject: false).ToArray();
        VBuffer<float>[] found = [];
        model.GetClusterCentroids(ref found, out var k);
        Assert.AreEqual(3, k);
        for (var j = 0; j < k; j++)
        {
            var own = scored.Where(s => s.PredictedLabel == j + 1).ToArray();
            Assert.IsNotEmpty(own);
            for (var d = 0; d < model.EmbeddingSize; d++)
                Assert.AreEqual(own.Sum(s => (double)s.Weight * s.Embedding[d]) / own.Sum(s => (double)s.Weight), found[j].GetItemOrDefault(d), 1e-4);
        }
    }

    [TestMethod]
    public void Fit_WeightsOnDisk_GiveTheModelOfWeightsInMemory()
    {
        var rows = Rows(i => 1 + i % 3);
        var memory = Trained("Idec", rows, weighted: true, o => o.FeatureStorage = FeatureStorage.Memory);
        var disk = Trained("Idec", rows, weighted: true, o => o.FeatureStorage = FeatureStorage.Disk);
        CollectionAssert.AreEqual(memory.Weights, disk.Weights);
    }

    [TestMethod]
    public void Transform_ALoadedModel_NeedsNoWeights()
    {
        using var folder = new TemporaryFolder();
        var rows = Rows(i => 1 + i % 3);
        using var model = Fit("Idec", rows, weighted: true, null);
        _ml.Model.Save(model, View(rows).Schema, folder.File("model.zip"));
        using var loaded = (DeepClusteringTransformer)_ml.Model.Load(folder.File("model.zip"), out _);
        Assert.AreEqual("Weight", loaded.Trained.Options.ExampleWeightColumnName);
        var plain = TestVectors.View(_ml, [.. rows.Select(r => r.Features)], Size);
        CollectionAssert.AreEqual(
            model.Transform(View(rows)).GetColumn<uint>("PredictedLabel").ToArray(), loaded.Transform(plain).GetColumn<uint>("PredictedLabel").ToArray());
    }

    [TestMethod]
    public void Fit_CheckpointOfOtherWeights_IsRefused()
    {
        using var folder = new TemporaryFolder();
        Trained("Idec", Rows(i => 1 + i % 3), weighted: true, o => o.CheckpointPath = folder.File("checkpoint"));
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Trained("Idec", Rows(i => 1 + i % 2), weighted: true, o => o.CheckpointPath = folder.File("checkpoint")));
        StringAssert.Contains(error.Message, "other values, weights");
        error = Assert.ThrowsExactly<InvalidOperationException>(() => Trained("Idec", Rows(i => 1 + i % 3), weighted: false, o => o.CheckpointPath = folder.File("checkpoint")));
        StringAssert.Contains(error.Message, "ExampleWeightColumnName");
    }

    [TestMethod]
    public void Scan_RowsOfWeightZero_AreLeftOut()
    {
        var rows = Rows(i => i % 4 == 1 ? 0 : 1);
        var options = (AutoencoderKMeansOptions)TestMethods.Options("AutoencoderKMeans");
        var without = _ml.Clustering.ScanNumberOfClusters(View([.. rows.Where(r => r.Weight > 0)]), options, 2, 3, 1);
        options.ExampleWeightColumnName = "Weight";
        var weighted = _ml.Clustering.ScanNumberOfClusters(View(rows), options, 2, 3, 1);
        Assert.AreEqual(without.Reason, weighted.Reason);
        Assert.AreEqual(without.Results[0].Trainings[0].LowestLoss, weighted.Results[0].Trainings[0].LowestLoss);
    }

    private (byte[] Weights, double[] Losses) Trained(string method, WeightedRow[] rows, bool weighted, Action<DeepClusteringOptions>? change = null)
    {
        using var model = Fit(method, rows, weighted, change);
        return (SafeTensors.Write(model.Trained.Method.state_dict()), [.. model.History.BestRun.Epochs.Select(e => e.TotalLoss)]);
    }

    private DeepClusteringTransformer Fit(string method, WeightedRow[] rows, bool weighted, Action<DeepClusteringOptions>? change)
    {
        var options = TestMethods.Options(method);
        options.ExampleWeightColumnName = weighted ? "Weight" : null;
        change?.Invoke(options);
        return TestMethods.Trainer(_ml, options).Fit(View(rows));
    }

    // Rows of three kinds, so mixed that weights move what is learnt.
    private static WeightedRow[] Rows(Func<int, float> weight)
        => [.. TestVectors.Make(48, Size).Select((f, i) => new WeightedRow { Features = [.. f.Select(x => x * (1 + 0.3f * (i % 2)))], Weight = weight(i) })];

    private IDataView View(WeightedRow[] rows)
    {
        var schema = SchemaDefinition.Create(typeof(WeightedRow));
        schema[nameof(WeightedRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Size);
        return _ml.Data.LoadFromEnumerable(rows, schema);
    }

    private sealed class WeightedRow
    {
        public float[] Features { get; set; } = [];

        public float Weight { get; set; }
    }

    private sealed class Scored
    {
        public float Weight { get; set; }

        [KeyType(3)]
        public uint PredictedLabel { get; set; }

        public float[] Embedding { get; set; } = [];
    }
}
