using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Lifetime;

/// <summary>The same as <see cref="NativeMemoryTests"/> for checkpoints, scans, measures and files that are damaged.</summary>
[TestClass]
[DoNotParallelize]
public sealed class NativeMemoryOfOtherWorkTests
{
    private static readonly MLContext Ml = new(seed: 1);

    public static IEnumerable<object[]> Methods => MethodNames.OptionTypes.Keys.Select(name => new object[] { name });

    [TestMethod]
    [TestCategory("Slow")]
    [DynamicData(nameof(Methods))]
    public void Fit_InterruptedAndResumedFromACheckpoint_LeavesNoTensor(string method)
    {
        var folder = Directory.CreateTempSubdirectory("deep-clustering-");
        try
        {
            var before = NativeTensors.Live;
            var options = TestMethods.Options(method);
            (options.CheckpointPath, options.NumberOfRuns) = (Path.Combine(folder.FullName, "checkpoint"), 2);
            using var source = new CancellationTokenSource();
            options.CancellationToken = source.Token;
            options.Progress = new Reporter(progress =>
            {
                if (progress is { Run: 2, Completed: not null })
                    source.Cancel();
            });
            Assert.ThrowsExactly<OperationCanceledException>(() => TestMethods.Trainer(Ml, options).Fit(View()));
            Assert.AreEqual(before, NativeTensors.Live);
            (options.CancellationToken, options.Progress) = (default, null);
            // Resumed, then read from the checkpoint of a training that had ended.
            TestMethods.Trainer(Ml, options).Fit(View()).Dispose();
            TestMethods.Trainer(Ml, options).Fit(View()).Dispose();
            Assert.AreEqual(before, NativeTensors.Live);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void ScanNumberOfClusters_ToTheEndOrCancelled_LeavesNoTensor(bool cancelled)
    {
        var before = NativeTensors.Live;
        using var source = new CancellationTokenSource();
        var options = TestMethods.Options("AutoencoderKMeans");
        options.CancellationToken = source.Token;
        var epochs = 0;
        options.Progress = new Reporter(progress =>
        {
            if (progress.Completed is not null && ++epochs == 3 && cancelled)
                source.Cancel();
        });
        if (cancelled)
            Assert.ThrowsExactly<OperationCanceledException>(() => Scan());
        else
            Assert.HasCount(3, Scan().Results);
        Assert.AreEqual(before, NativeTensors.Live);

        NumberOfClustersScan Scan() => Ml.Clustering.ScanNumberOfClusters(View(), options, from: 2, to: 4, numberOfSeeds: 2);
    }

    [TestMethod]
    public void EvaluateDeepClustering_ToTheEndOrNot_LeavesNoTensor()
    {
        using var model = TestMethods.Trainer(Ml, "Idec").Fit(View());
        var scored = model.Transform(View());
        var before = NativeTensors.Live;
        Assert.IsTrue(Ml.Clustering.EvaluateDeepClustering(scored, labelColumnName: "Label").Accuracy > 0);
        Assert.AreEqual(before, NativeTensors.Live);
        var failing = new OpenCursors(scored) { ThrowAtRow = 40 };
        Assert.ThrowsExactly<NotSupportedException>(() => Ml.Clustering.EvaluateDeepClustering(failing, labelColumnName: "Label"));
        Assert.AreEqual(before, NativeTensors.Live);
        Assert.AreEqual(0, failing.Open);
    }

    [TestMethod]
    public void Load_DamagedModel_LeavesNoTensor()
    {
        using var stream = new MemoryStream();
        using (var model = TestMethods.Trainer(Ml, "Ddc").Fit(TestRows.View(Ml, TestRows.Make(20), images: true)))
            Ml.Model.Save(model, TestRows.View(Ml, TestRows.Make(1), images: true).Schema, stream);
        var before = NativeTensors.Live;
        var refused = 0;
        for (var place = 0; place < 60; place++)
        {
            var damaged = stream.ToArray();
            var index = place * (damaged.Length / 60);
            damaged[index] ^= 0x55;
            try
            {
                (Ml.Model.Load(new MemoryStream(damaged), out _) as IDisposable)?.Dispose();
            }
            catch (Exception)
            {
                refused++;
            }

            Assert.AreEqual(before, NativeTensors.Live, $"a change at byte {index} of {damaged.Length}");
        }

        Assert.IsTrue(refused > 30, $"{refused} of 60 changes were noticed.");
    }

    private static IDataView View() => TestVectors.View(Ml, TestVectors.Make(60, 6), 6);
}
