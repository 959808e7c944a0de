using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Estimators;

/// <summary>Faults of options and data that need more than a glance at the first rows; <see cref="RejectedDataTests"/> has the others.</summary>
[TestClass]
public sealed class BadInputTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(float.NaN, "NaN")]
    [DataRow(float.PositiveInfinity, "Infinity")]
    [DataRow(float.NegativeInfinity, "-Infinity")]
    public void Fit_ValueThatIsNotFinite_NamesRowAndSlot(float value, string text)
    {
        var rows = TestRows.Make(30);
        rows[17].Features[5] = value;
        Throws<InvalidOperationException>(View(rows), new DdcOptions(), "Row 17, slot 5", "Features", "is " + text, "ReplaceMissingValues");
    }

    [TestMethod]
    public void Fit_ImageShapeOfAnotherSize_Throws() => Throws<ArgumentException>(
        View(TestRows.Make(30)), new DdcOptions { ImageShape = new(1, 28, 28) }, "ImageShape is 1 x 28 x 28", "784 values", "has 576");

    [TestMethod]
    public void Fit_SeveralBadOptions_NamesThemAll() => Throws<ArgumentException>(
        View(TestRows.Make(30)),
        new DdcUcoOptions { NumberOfClusters = 1, BatchSize = 1, LearningRate = 0, NumberOfRuns = 0, NumberOfEpochs = 0, Companion = new() { Weight = -1 } },
        "NumberOfClusters is 1; it must be 2 or more", "BatchSize is 1", "LearningRate is 0", "NumberOfRuns is 0", "NumberOfEpochs is 0", "Companion.Weight is -1");

    [TestMethod]
    public void Fit_LossThatDiverges_SaysWhatToDo()
    {
        var options = new DdcOptions { NumberOfClusters = 3, NumberOfEpochs = 2, BatchSize = 20, LearningRate = 1e30 };
        Throws<InvalidOperationException>(View(TestRows.Make(60)), options, "loss became NaN in epoch 1", "LearningRate is 1E+30", "scale the features");
    }

    [TestMethod]
    public void GetOutputSchema_MissingColumn_ThrowsBeforeFit()
    {
        var chain = _ml.Transforms.Concatenate("Other", "Label").Append(_ml.Clustering.Trainers.Ddc("Pixels", 3));
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => chain.Fit(View(TestRows.Make(30))));
        StringAssert.Contains(error.Message, "Pixels");
    }

    public static IEnumerable<object[]> FaultsWithoutData =>
    [
        [new IdecOptions { CheckpointPath = Missing("a.checkpoint") }, typeof(DirectoryNotFoundException), "CheckpointPath is "],
        [new IdecOptions { PretrainingFolder = Missing("folder") }, typeof(DirectoryNotFoundException), "PretrainingFolder is "],
        [new IdecOptions { HiddenLayers = [10] }, typeof(ArgumentException), "HiddenLayers is set, but images get the convolutional network"],
        [new IdecOptions { LayerwiseEpochs = 1 }, typeof(ArgumentException), "LayerwiseEpochs is 1, but images get the convolutional network"],
        [new IdecOptions { HiddenLayers = [600_000], Network = NetworkKind.MultilayerPerceptron, RunExecutor = new ChildProcessExecutor() }, typeof(InvalidOperationException), "would fail"],
        [new IdecOptions { RunExecutor = new ChildProcessExecutor { MaximumProcesses = 0 } }, typeof(ArgumentException), "MaximumProcesses is 0"],
        [new IdecOptions { RecordPerformance = true, LabelColumnName = "Class" }, typeof(ArgumentOutOfRangeException), "no column 'Class'"],
    ];

    [TestMethod]
    [DynamicData(nameof(FaultsWithoutData))]
    public void Fit_FaultThatNeedsNoData_ComesBeforeTheyAreRead(DeepClusteringOptions options, Type fault, string text)
    {
        var read = 0;
        var view = _ml.Data.LoadFromEnumerable(Counted(TestRows.Make(30), () => read++), TestRows.Schema(1, TestRows.Side, TestRows.Side));
        var error = Assert.Throws<Exception>(() => TestMethods.Trainer(_ml, options).Fit(view));
        Assert.AreEqual(fault, error.GetType());
        StringAssert.Contains(error.Message, text);
        Assert.AreEqual(0, read);
    }

    [TestMethod]
    public void Fit_BadOptionsAfterOtherSteps_ThrowsBeforeTheseAreFitted()
    {
        var read = 0;
        var view = _ml.Data.LoadFromEnumerable(Counted(TestRows.Make(30), () => read++), TestRows.Schema(1, TestRows.Side, TestRows.Side));
        var chain = _ml.Transforms.NormalizeMinMax("Features").Append(TestMethods.Trainer(_ml, new IdecOptions { NumberOfClusters = 1 }));
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => chain.Fit(view)).Message, "NumberOfClusters is 1; it must be 2 or more");
        Assert.AreEqual(0, read);
    }

    [TestMethod]
    public void Fit_CancelledToken_Throws()
    {
        using var source = new CancellationTokenSource();
        var options = new DdcOptions { NumberOfClusters = 3, BatchSize = 20, NumberOfEpochs = 1000, CancellationToken = source.Token };
        var batches = 0;
        options.Progress = new Reporter(_ =>
        {
            if (++batches == 2)
                source.Cancel();
        });
        Assert.ThrowsExactly<OperationCanceledException>(() => _ml.Clustering.Trainers.Ddc(options).Fit(View(TestRows.Make(60))));
        Assert.AreEqual(2, batches);
    }

    private static string Missing(string name) => Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), name);

    private static IEnumerable<TestRow> Counted(TestRow[] rows, Action count)
    {
        foreach (var row in rows)
        {
            count();
            yield return row;
        }
    }

    private IDataView View(TestRow[] rows) => _ml.Data.LoadFromEnumerable(rows, TestRows.Schema(1, TestRows.Side, TestRows.Side));

    private void Throws<T>(IDataView view, DeepClusteringOptions options, params string[] parts)
        where T : Exception
    {
        var error = Assert.ThrowsExactly<T>(() => TestMethods.Trainer(_ml, options).Fit(view));
        foreach (var part in parts)
            StringAssert.Contains(error.Message, part);
    }
}
