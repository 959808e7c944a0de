using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Data;

/// <summary>Training, scans and checkpoints read their data once, and what was read is what they are about.</summary>
[TestClass]
public sealed class OnePassTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(FeatureStorage.Memory)]
    [DataRow(FeatureStorage.Disk)]
    public void Fit_WithClasses_ReadsTheDataOnce(FeatureStorage storage)
    {
        var rows = new RestrictedRows<TestRow>(() => TestRows.Make(60, 6), mostReadings: 1, mostOpen: 1);
        var options = Options(o => o.FeatureStorage = storage);

        using var model = TestMethods.Trainer(_ml, options).Fit(View(rows));

        Assert.AreEqual((1, 60), (rows.Readings, rows.Given));
        Assert.IsTrue(model.History.BestRun.Epochs[^1].Performance!.ContainsKey(PerformanceMeasure.Accuracy));
    }

    [TestMethod]
    public void Fit_ClassesNotRecorded_AreNotRead()
    {
        var data = _ml.Data.LoadFromEnumerable(TestRows.Make(60, 6), TestRows.Schema(6));
        var labelled = _ml.Transforms.CustomMapping<NameOnly, Class>((_, _) => Assert.Fail("read"), null).Fit(data).Transform(data);
        var options = Options(o => (o.RecordPerformance, o.LabelColumnName) = (false, "Number"));

        TestMethods.Trainer(_ml, options).Fit(labelled).Dispose();
    }

    [TestMethod]
    public void Fit_LabelColumnMissing_IsToldBeforeTheDataAreRead()
    {
        var rows = new RestrictedRows<TestRow>(() => TestRows.Make(60, 6));

        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => TestMethods.Trainer(_ml, Options(o => o.LabelColumnName = "Digit")).Fit(View(rows)));

        StringAssert.Contains(error.Message, "no column 'Digit'");
        Assert.AreEqual(0, rows.Readings);
    }

    [TestMethod]
    public void ScanNumberOfClusters_WithClasses_ReadsOnceAndReportsAgreement()
    {
        var rows = new RestrictedRows<TestRow>(() => TestRows.Make(60, 6), mostReadings: 1, mostOpen: 1);
        var completed = new List<EpochRecord>();
        var options = Options(o => o.Progress = new Reporter(p =>
        {
            if (p.Completed is { Performance: not null } record)
                completed.Add(record);
        }));

        _ml.Clustering.ScanNumberOfClusters(View(rows), options, 2, 3, numberOfSeeds: 2);

        Assert.AreEqual((1, 60), (rows.Readings, rows.Given));
        Assert.IsNotEmpty(completed);
        Assert.IsTrue(completed.All(r => r.Performance!.ContainsKey(PerformanceMeasure.Accuracy)));
    }

    [TestMethod]
    public void Fit_CheckpointOfAnotherOrder_IsRefused()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(4);
        var rows = new RestrictedRows<TestRow>(() => TestRows.Make(60, 6).OrderBy(_ => random.Next()));
        var options = Options(o => o.CheckpointPath = folder.File("training.checkpoint"));
        TestMethods.Trainer(_ml, options).Fit(View(rows)).Dispose();

        var error = Assert.ThrowsExactly<InvalidOperationException>(() => TestMethods.Trainer(_ml, options).Fit(View(rows)));

        StringAssert.Contains(error.Message, "as many rows as before, but other values, weights, classes or another order");
        Assert.AreEqual(2, rows.Readings);
    }

    private IDataView View(IEnumerable<TestRow> rows) => _ml.Data.LoadFromEnumerable(rows, TestRows.Schema(6));

    private static DeepClusteringOptions Options(Action<DeepClusteringOptions> change)
    {
        var options = TestMethods.Options("Ddc");
        (options.RecordPerformance, options.LabelColumnName) = (true, "Label");
        change(options);
        return options;
    }

    private sealed class NameOnly
    {
        public string Name { get; set; } = "";
    }

    private sealed class Class
    {
        public float Number { get; set; }
    }
}
