using System.Text.Json;
using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Selection;

[TestClass]
public sealed class NumberOfClustersScanTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly TestRow[] _rows = TestRows.Make(60, size: 30);

    [TestMethod]
    [DataRow(3, 10)]
    [DataRow(4, 2)]
    [DataRow(6, 20)]
    public void Scan_AutoencoderKMeansOnBlobs_SuggestsTheirNumber(int clusters, int dimensions)
    {
        var options = new AutoencoderKMeansOptions { PretrainingEpochs = 20, BatchSize = 40, Seed = 1 };
        var scan = _ml.Clustering.ScanNumberOfClusters(ClusterBlobs.View(_ml, ClusterBlobs.Make(clusters, dimensions)), options, from: 2, to: 7);
        Assert.AreEqual(clusters, scan.SuggestedNumberOfClusters, scan.ToString());
        CollectionAssert.AreEqual(new[] { 2, 3, 4, 5, 6, 7 }, scan.Results.Select(r => r.NumberOfClusters).ToArray());
        Assert.IsGreaterThan(0.8, scan.Results[clusters - 2].Stability);
    }

    [TestMethod]
    public void Scan_IdecOnBlobs_SuggestsTheirNumber()
    {
        var options = new IdecOptions { PretrainingEpochs = 20, NumberOfEpochs = 5, BatchSize = 80, Seed = 1 };
        var scan = _ml.Clustering.ScanNumberOfClusters(ClusterBlobs.View(_ml, ClusterBlobs.Make(4, 5)), options, from: 2, to: 6);
        Assert.AreEqual(4, scan.SuggestedNumberOfClusters, scan.ToString());
    }

    public static IEnumerable<object[]> Methods => TestMethods.All.Where(m => m[1] is false);

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Scan_EveryMethod_MeasuresTheModelsThatFitGives(string method, bool images)
    {
        var view = TestRows.View(_ml, _rows, images);
        var options = TestMethods.Options(method);
        options.NumberOfRuns = 2;
        // In batches of other rows the last bits differ.
        options.ScoringBatchSize = 1;
        var scan = _ml.Clustering.ScanNumberOfClusters(view, options, from: 3, to: 4, numberOfSeeds: 2);
        foreach (var result in scan.Results)
        {
            var labels = new List<uint[]>();
            CollectionAssert.AreEqual(new[] { 5, 7 }, result.Trainings.Select(t => t.Seed).ToArray());
            foreach (var training in result.Trainings)
            {
                using var model = TestMethods.Trainer(_ml, Alone(result.NumberOfClusters, training.Seed)).Fit(view);
                var metrics = _ml.Clustering.EvaluateDeepClustering(model.Transform(view), labelColumnName: null);
                Assert.AreEqual(model.History.BestRun.LowestLoss, training.LowestLoss);
                CollectionAssert.AreEqual(metrics.ClusterSizes.ToArray(), training.ClusterSizes.ToArray());
                Assert.AreEqual(metrics.Silhouette, training.Silhouette, 1e-9);
                Assert.AreEqual(metrics.DaviesBouldinIndex, training.DaviesBouldinIndex, 1e-9);
                Assert.AreEqual(metrics.CalinskiHarabaszIndex, training.CalinskiHarabaszIndex, 1e-6 * metrics.CalinskiHarabaszIndex);
                labels.Add(model.Transform(view).GetColumn<uint>("PredictedLabel").ToArray());
            }

            Assert.AreEqual(AdjustedRandIndex(labels[0], labels[1]), result.Stability, 1e-12);
        }

        DeepClusteringOptions Alone(int clusters, int seed)
        {
            var alone = TestMethods.Options(method);
            (alone.NumberOfClusters, alone.Seed, alone.NumberOfRuns, alone.ScoringBatchSize) = (clusters, seed, 2, 1);
            if (alone is AutoencoderFamilyOptions autoencoder)
                autoencoder.EmbeddingSize = 10;
            if (alone is DepictOptions depict)
                depict.EmbeddingSize = 10;
            return alone;
        }
    }

    [TestMethod]
    [DataRow("AutoencoderKMeans", 1)]
    [DataRow("Dec", 1)]
    [DataRow("Idec", 1)]
    [DataRow("DecUco", 1)]
    [DataRow("Centering", 1)]
    [DataRow("Dcn", 3)]
    [DataRow("DeepKMeans", 3)]
    public void Scan_ThreeNumbers_PretrainsOnceASeedUnlessTheOptimiserCarriesOn(string method, int pretrainings)
    {
        var phases = new List<string>();
        var options = TestMethods.Options(method);
        options.Progress = new Reporter(p =>
        {
            if (p.Completed != null)
                phases.Add(p.Phase);
        });
        _ml.Clustering.ScanNumberOfClusters(TestRows.View(_ml, _rows, images: false), options, from: 2, to: 4, numberOfSeeds: 2);
        Assert.AreEqual(2 * 2 * pretrainings, phases.Count(p => p == "pretraining"));
        var others = method == "AutoencoderKMeans" ? 0 : 1;
        Assert.IsGreaterThanOrEqualTo(2 * 3 * others, phases.Count(p => p == "clustering"));
    }

    [TestMethod]
    public void Scan_Log_HasALineForEachNumberAndTheReason()
    {
        var lines = new List<string>();
        _ml.Log += (_, e) => lines.Add(e.Message);
        var scan = _ml.Clustering.ScanNumberOfClusters(TestRows.View(_ml, _rows, images: false), TestMethods.Options("Idec"), from: 2, to: 3, numberOfSeeds: 2);
        foreach (var line in scan.ToString().Split(Environment.NewLine))
            Assert.HasCount(1, lines.Where(l => l.Contains(line, StringComparison.Ordinal)).ToArray(), line);
        Assert.IsTrue(lines.Any(l => l.Contains("k = 2, seed 5: pretraining epoch 2/2", StringComparison.Ordinal)));
        Assert.IsTrue(lines.Any(l => l.Contains("k = 3, seed 6: pretraining is that of an earlier training with this seed", StringComparison.Ordinal)));
    }

    [TestMethod]
    [DataRow("Ddc")]
    [DataRow("AutoencoderKMeans")]
    [DataRow("Dcn")]
    public void Scan_CallersOptions_AreNotChanged(string method)
    {
        var options = TestMethods.Options(method);
        var before = JsonSerializer.Serialize(options, options.GetType());
        _ml.Clustering.ScanNumberOfClusters(TestRows.View(_ml, _rows, images: false), options, from: 2, to: 3, numberOfSeeds: 1);
        Assert.AreEqual(before, JsonSerializer.Serialize(options, options.GetType()));
        Assert.IsNull((options as AutoencoderFamilyOptions)?.Pretrained);
    }

    [TestMethod]
    public void Scan_OneSeed_KnowsNoStability()
    {
        var scan = _ml.Clustering.ScanNumberOfClusters(TestRows.View(_ml, _rows, images: false), TestMethods.Options("AutoencoderKMeans"), from: 2, to: 4, numberOfSeeds: 1);
        Assert.IsTrue(scan.Results.All(r => double.IsNaN(r.Stability)));
        StringAssert.Contains(scan.Reason, "with one seed");
        Assert.AreEqual(scan.Results.MaxBy(r => r.Silhouette)!.NumberOfClusters, scan.SuggestedNumberOfClusters);
    }

    [TestMethod]
    public void Scan_SeedOfTheContext_DecidesWhenTheOptionsHaveNone()
    {
        int[] first = Seeds(1), again = Seeds(1), other = Seeds(2);
        CollectionAssert.AreEqual(first, again);
        Assert.AreEqual(first[0] + 1, first[1]);
        Assert.AreNotEqual(first[0], other[0]);

        static int[] Seeds(int seed)
        {
            var ml = new MLContext(seed);
            var options = TestMethods.Options("AutoencoderKMeans");
            options.Seed = null;
            var view = TestRows.View(ml, TestRows.Make(30, size: 30), images: false);
            return ml.Clustering.ScanNumberOfClusters(view, options, from: 2, to: 2, numberOfSeeds: 2).Results[0].Trainings.Select(t => t.Seed).ToArray();
        }
    }

    [TestMethod]
    public void Scan_Data_AreReadOnce()
    {
        var reads = 0;
        var view = _ml.Data.LoadFromEnumerable(Counted(), TestRows.Schema(30));
        _ml.Clustering.ScanNumberOfClusters(view, TestMethods.Options("AutoencoderKMeans"), from: 2, to: 3, numberOfSeeds: 2);
        Assert.AreEqual(1, reads);

        IEnumerable<TestRow> Counted()
        {
            reads++;
            foreach (var row in _rows)
                yield return row;
        }
    }

    private static double AdjustedRandIndex(uint[] first, uint[] second)
        => DeepClustering.Metrics.Partition.AdjustedRandIndex.Compute(Metrics.Partition.TestTables.Count(Array.ConvertAll(first, l => (int)l), Array.ConvertAll(second, l => (int)l)));
}
