using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Lifetime;

/// <summary>Native tensors are freed when their work is done, however it ends, and not when the garbage collector comes by.</summary>
[TestClass]
[DoNotParallelize]
public sealed class NativeMemoryTests
{
    private static readonly MLContext Ml = new(seed: 1);

    public static IEnumerable<object[]> Methods => TestMethods.All;

    // The convolutions of DEPICT take the largest numbers: their filters are few, and nothing overflows.
    public static IEnumerable<object[]> Overflowing => TestMethods.All.Where(m => m is not ["Depict", true]);

    public static IEnumerable<object[]> OnImages => MethodNames.OptionTypes.Keys.Select(name => new object[] { name });

    /// <summary>Ways in which a training ends without a model.</summary>
    public static IEnumerable<object[]> MethodsAndEnds => from method in MethodNames.OptionTypes.Keys
                                                          from end in Ends.Keys
                                                          select new object[] { method, end };

    private static IReadOnlyDictionary<string, Func<DeepClusteringOptions, IDataView, IDataView>> Ends { get; }
        = new Dictionary<string, Func<DeepClusteringOptions, IDataView, IDataView>>
        {
            ["cancelled before it begins"] = (options, view) =>
            {
                options.CancellationToken = new CancellationToken(canceled: true);
                return view;
            },
            ["cancelled in the first epoch"] = (options, view) => CancelAt(options, view, batches: 1),
            ["cancelled in a late epoch"] = (options, view) => CancelAt(options, view, batches: 7),
            ["a callback that throws"] = (options, view) =>
            {
                var batches = 0;
                options.Progress = new Reporter(_ => ThrowIf(++batches == 5));
                return view;
            },
            ["a callback that throws at the first batch"] = (options, view) =>
            {
                options.Progress = new Reporter(_ => ThrowIf(true));
                return view;
            },
            ["NaN in the data"] = (_, _) =>
            {
                var rows = TestVectors.Make(60, 6);
                rows[40][3] = float.NaN;
                return TestVectors.View(Ml, rows, 6);
            },
            ["a source that throws"] = (_, _) => Ml.Data.LoadFromEnumerable(RowsThatThrow(), TestRows.Schema(6)),
            ["too few rows"] = (_, _) => TestVectors.View(Ml, TestVectors.Make(2, 6), 6),
            ["no such label column"] = (options, view) =>
            {
                (options.RecordPerformance, options.LabelColumnName) = (true, "Digit");
                return view;
            },
            ["a loss that diverges"] = (options, view) =>
            {
                options.LearningRate = 1e30;
                if (options is AutoencoderFamilyOptions autoencoder)
                    autoencoder.PretrainingLearningRate = 1e30;
                if (options is DepictOptions depict)
                    depict.PretrainingLearningRate = 1e30;
                options.NumberOfRuns = 2;
                return view;
            },
        };

    [TestMethod]
    [TestCategory("Slow")]
    public void FitScoreSaveLoad_ManyModels_LeaveNoTensor()
    {
        var methods = MethodNames.OptionTypes.Keys.ToArray();
        FitScoreSaveLoad(methods[0], images: false);
        var before = NativeTensors.Live;
        for (var i = 0; i < 3 * methods.Length; i++)
            FitScoreSaveLoad(methods[i % methods.Length], images: false);
        Assert.AreEqual(before, NativeTensors.Live);
    }

    [TestMethod]
    [DynamicData(nameof(OnImages))]
    public void FitScoreSaveLoad_OnImages_LeavesNoTensor(string method)
    {
        var before = NativeTensors.Live;
        FitScoreSaveLoad(method, images: true);
        Assert.AreEqual(before, NativeTensors.Live);
    }

    [TestMethod]
    [TestCategory("Slow")]
    [DynamicData(nameof(OnImages))]
    public void Fit_InterleavedImages_LeavesNoTensor(string method)
    {
        var before = NativeTensors.Live;
        // (height, width, channels) by the type's dimensions.
        TestMethods.Trainer(Ml, method).Fit(TestVectors.View(Ml, TestVectors.Make(20, 4 * 6 * 3), 4, 6, 3)).Dispose();
        Assert.AreEqual(before, NativeTensors.Live);
    }

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Fit_WithEverythingRecorded_LeavesNoTensor(string method, bool images)
    {
        var before = NativeTensors.Live;
        var options = TestMethods.Options(method);
        (options.RecordMismatch, options.RecordPerformance, options.LabelColumnName, options.NumberOfRuns) = (true, true, "Label", 2);
        TestMethods.Trainer(Ml, options).Fit(TestRows.View(Ml, TestRows.Make(20), images)).Dispose();
        Assert.AreEqual(before, NativeTensors.Live);
    }

    [TestMethod]
    [DynamicData(nameof(MethodsAndEnds))]
    public void Fit_WithoutAModel_LeavesNoTensor(string method, string end)
    {
        var before = NativeTensors.Live;
        var options = TestMethods.Options(method);
        var view = Ends[end](options, TestVectors.View(Ml, TestVectors.Make(60, 6), 6));
        var error = Assert.Throws<Exception>(() => TestMethods.Trainer(Ml, options).Fit(view));
        Assert.AreEqual(before, NativeTensors.Live, error.Message);
        if (end.StartsWith("cancelled", StringComparison.Ordinal))
            Assert.IsInstanceOfType<OperationCanceledException>(error);
        if (end.Contains("throws", StringComparison.Ordinal))
            Assert.AreEqual("as the test wants", error.Message);
    }

    [TestMethod]
    [DynamicData(nameof(Overflowing))]
    public void Score_ThatFails_LeavesNoTensor(string method, bool images)
    {
        var rows = TestRows.Make(20);
        using var model = TestMethods.Trainer(Ml, method).Fit(TestRows.View(Ml, rows, images));
        var before = NativeTensors.Live;
        Array.Fill(rows[3].Features, float.MaxValue);
        Assert.ThrowsExactly<InvalidOperationException>(() => TestRows.Scored(Ml, model.Transform(TestRows.View(Ml, rows, images))));
        Assert.AreEqual(before, NativeTensors.Live);
    }

    [TestMethod]
    public void GetRowCursor_NeverDisposed_HoldsNoTensor()
    {
        using var model = TestMethods.Trainer(Ml, "Ddc").Fit(TestVectors.View(Ml, TestVectors.Make(60, 6), 6));
        var view = model.Transform(TestVectors.View(Ml, TestVectors.Make(60, 6), 6));
        var before = NativeTensors.Live;
        for (var i = 0; i < 10; i++)
            Assert.IsTrue(view.GetRowCursor(view.Schema).MoveNext());
        Assert.AreEqual(before, NativeTensors.Live);
    }

    [TestMethod]
    [TestCategory("Slow")]
    public void FitScoreSaveLoad_ManyTimes_ManagedMemoryDoesNotGrow()
    {
        for (var i = 0; i < 3; i++)
            FitScoreSaveLoad("Ddc", images: false);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 20; i++)
            FitScoreSaveLoad("Ddc", images: false);
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        // A model has 5 MB of weights, a run of twenty would be 100.
        Assert.IsLessThan(1_000_000, grown);
    }

    private static void FitScoreSaveLoad(string method, bool images)
    {
        var view = TestRows.View(Ml, images ? TestRows.Make(20) : TestRows.Make(20, size: 6), images);
        using var model = TestMethods.Trainer(Ml, method).Fit(view);
        var scored = TestRows.Scored(Ml, model.Transform(view));
        using var stream = new MemoryStream();
        Ml.Model.Save(model, view.Schema, stream);
        stream.Position = 0;
        var loaded = Ml.Model.Load(stream, out _);
        var again = TestRows.Scored(Ml, loaded.Transform(view));
        TestVectors.AreEqual(scored[0], again[0]);
        ((IDisposable)loaded).Dispose();
    }

    private static IDataView CancelAt(DeepClusteringOptions options, IDataView view, int batches)
    {
        var source = new CancellationTokenSource();
        options.CancellationToken = source.Token;
        var done = 0;
        options.Progress = new Reporter(p =>
        {
            if (p.Completed is null && ++done == batches)
                source.Cancel();
        });
        options.NumberOfEpochs = options is AutoencoderKMeansOptions ? 0 : 10;
        if (options is AutoencoderFamilyOptions autoencoder)
            autoencoder.PretrainingEpochs = options is AutoencoderKMeansOptions ? 10 : 2;
        return view;
    }

    private static IEnumerable<TestRow> RowsThatThrow()
    {
        foreach (var row in TestVectors.Rows(TestVectors.Make(30, 6)))
            yield return row;
        ThrowIf(true);
    }

    private static void ThrowIf(bool now)
    {
        if (now)
            throw new NotSupportedException("as the test wants");
    }
}
