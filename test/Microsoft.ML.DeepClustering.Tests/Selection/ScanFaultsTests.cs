using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering.Tests.Selection;

/// <summary>Bad input, failures, cancellation and native memory.</summary>
[TestClass]
public sealed class ScanFaultsTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(1, 4, 3, "from is 1; it must be 2 or more.")]
    [DataRow(4, 3, 3, "to is 3; it must be 4 (from) or more.")]
    [DataRow(2, 4, 0, "numberOfSeeds is 0; it must be 1 or more.")]
    public void Scan_NumberOutOfRange_ThrowsBeforeTraining(int from, int to, int seeds, string fault)
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => Scan(Untrained(), from, to, seeds));
        Assert.AreEqual($"The options of a scan of Idec cannot be used. {fault}", error.Message);
    }

    [TestMethod]
    public void Scan_SeveralFaults_NamesThemAll()
    {
        var options = Untrained();
        options.LearningRate = 0;
        var error = Assert.ThrowsExactly<ArgumentException>(() => Scan(options, from: 0, to: -1, seeds: 0));
        foreach (var part in new[] { "from is 0", "to is -1", "numberOfSeeds is 0", "LearningRate is 0" })
            StringAssert.Contains(error.Message, part);
        Assert.IsFalse(error.Message.Contains("NumberOfClusters", StringComparison.Ordinal));
    }

    [TestMethod]
    public void Scan_MoreClustersThanRows_ThrowsBeforeTraining()
    {
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Scan(Untrained(), from: 2, to: 31));
        Assert.AreEqual("The scan goes from 2 to 31 clusters, but the data have 30 rows; end it at 30 or less, or bring more rows.", error.Message);
    }

    [TestMethod]
    public void Scan_FewerRowsThanTheFirstNumber_AsksForRows()
    {
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Scan(Untrained(), from: 31, to: 33));
        Assert.AreEqual("The scan goes from 31 to 33 clusters, but the data have 30 rows; bring at least 33 rows.", error.Message);
    }

    [TestMethod]
    public void Scan_RowsOfWeightZero_AreSaidAndCountAsNone()
    {
        var lines = new List<string>();
        _ml.Log += (_, e) => lines.Add(e.Message);
        var rows = TestRows.Make(30, size: 30);
        for (var i = 0; i < rows.Length; i++)
            rows[i].Label = i < 4 ? 1 : 0;
        var options = Untrained();
        options.ExampleWeightColumnName = nameof(TestRow.Label);
        var error = Assert.ThrowsExactly<InvalidOperationException>(
            () => _ml.Clustering.ScanNumberOfClusters(TestRows.View(_ml, rows, images: false), options, from: 2, to: 5));
        Assert.AreEqual("The scan goes from 2 to 5 clusters, but the data have 4 rows of a weight above 0; end it at 4 or less, or bring more rows.", error.Message);
        Assert.ContainsSingle(l => l.Contains("26 rows of weight 0 are left out of the training.", StringComparison.Ordinal), lines);
    }

    [TestMethod]
    public void Scan_MissingColumn_ThrowsBeforeTraining()
    {
        var options = Untrained();
        options.FeatureColumnName = "Pixels";
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Scan(options, from: 2, to: 3));
        StringAssert.Contains(error.Message, "no column 'Pixels'");
    }

    [TestMethod]
    public void Scan_NumberOfClustersOfTheOptions_HasNoMeaning()
    {
        var options = TestMethods.Options("AutoencoderKMeans");
        options.NumberOfClusters = -1;
        Assert.HasCount(1, Scan(options, from: 30, to: 30, seeds: 1).Results);
    }

    [TestMethod]
    public void Scan_OneNumberFails_IsReportedAndNotSuggested()
    {
        var lines = new List<string>();
        _ml.Log += (_, e) => lines.Add(e.Message);
        var scan = Scan(new FragileOptions { FailsAt = 3, Seed = 1 }, from: 2, to: 4, seeds: 2);
        CollectionAssert.AreEqual(new[] { 0, 2, 0 }, scan.Results.Select(r => r.NumberOfFailures).ToArray());
        var failed = scan.Results[1];
        Assert.IsTrue(double.IsNaN(failed.Silhouette) && double.IsNaN(failed.Stability) && double.IsNaN(failed.LowestLoss));
        StringAssert.Contains(failed.Trainings[0].Failure, "the loss became NaN in epoch 1 of toy");
        Assert.HasCount(0, failed.Trainings[0].ClusterSizes);
        Assert.IsTrue(scan.SuggestedNumberOfClusters is 2 or 4);
        Assert.IsTrue(lines.Any(l => l.Contains("k = 3, seed 2: Training gave no model", StringComparison.Ordinal) && l.Contains("Warning", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Scan_AllTrainingsFail_ThrowsWithTheLastReason()
    {
        var options = TestMethods.Options("Idec");
        ((IdecOptions)options).PretrainingLearningRate = 1e30;
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Scan(options, from: 2, to: 3, seeds: 2));
        StringAssert.Contains(error.Message, "All 4 trainings of the scan failed");
        StringAssert.Contains(error.Message, "loss became NaN in epoch");
    }

    [TestMethod]
    [DataRow("AutoencoderKMeans", 3)]
    [DataRow("Idec", 9)]
    [DataRow("Ddc", 5)]
    public void Scan_CancelledToken_EndsWithinABatch(string method, int batch)
    {
        using var source = new CancellationTokenSource();
        var options = TestMethods.Options(method);
        var batches = 0;
        options.CancellationToken = source.Token;
        options.Progress = new Reporter(p =>
        {
            if (p.Completed == null && ++batches == batch)
                source.Cancel();
        });
        Assert.ThrowsExactly<OperationCanceledException>(() => Scan(options, from: 2, to: 9));
        Assert.AreEqual(batch, batches);
    }

    [TestMethod]
    public void Scan_CancelledAfterTheLastEpoch_MeasuresNoMore()
    {
        using var source = new CancellationTokenSource();
        var options = TestMethods.Options("Ddc");
        options.CancellationToken = source.Token;
        options.Progress = new Reporter(p =>
        {
            if (p.Completed != null && p.Epoch == p.Epochs)
                source.Cancel();
        });
        Assert.ThrowsExactly<OperationCanceledException>(() => Scan(options, from: 2, to: 2, seeds: 1));
    }

    [TestMethod]
    [DataRow("AutoencoderKMeans")]
    [DataRow("Idec")]
    [DataRow("Dcn")]
    [DataRow("Ddc")]
    public void Scan_NativeTensors_AreFreed(string method)
    {
        Scan(TestMethods.Options(method), from: 2, to: 2, seeds: 1);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = NativeTensors.Live;
        Scan(TestMethods.Options(method), from: 2, to: 4, seeds: 2);
        Assert.AreEqual(before, NativeTensors.Live);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(4)]
    public void Scan_HandlerThatThrows_EndsWithItsError(int call)
    {
        var options = TestMethods.Options("AutoencoderKMeans");
        var calls = 0;
        options.Progress = new Reporter(_ =>
        {
            if (++calls >= call)
                throw new InvalidOperationException("a fault of the handler");
        });
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Scan(options, from: 2, to: 3, seeds: 2));
        Assert.AreEqual("a fault of the handler", error.Message);
    }

    // Fails the test when a training begins.
    private static DeepClusteringOptions Untrained()
    {
        var options = TestMethods.Options("Idec");
        options.Progress = new Reporter(_ => Assert.Fail("A training began."));
        return options;
    }

    private NumberOfClustersScan Scan(DeepClusteringOptions options, int from, int to, int seeds = 3)
        => _ml.Clustering.ScanNumberOfClusters(TestRows.View(_ml, TestRows.Make(30, size: 30), images: false), options, from, to, seeds);

    /// <summary>The toy method, whose loss is NaN at one number of clusters.</summary>
    private sealed class FragileOptions : DeepClusteringOptions
    {
        public FragileOptions() => (NumberOfEpochs, BatchSize, LearningRate) = (5, 10, 0.1);

        public int FailsAt { get; init; }

        internal override Int128 MinimumWeights(InputShape shape) => (Int128)NumberOfClusters * shape.Size;

        internal override ClusteringMethod CreateMethod(InputShape shape)
            => new ToyMethod(new ToyOptions { NumberOfClusters = NumberOfClusters, NumberOfEpochs = NumberOfEpochs, LearningRate = NumberOfClusters == FailsAt ? 1e30 : 0.1 }, shape);
    }
}
