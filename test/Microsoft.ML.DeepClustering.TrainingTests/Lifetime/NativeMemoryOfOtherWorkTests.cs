using System.IO.Compression;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Tests.Support;

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
        var metrics = Ml.Clustering.EvaluateDeepClustering(scored, labelColumnName: "Label");
        Assert.AreEqual(60, metrics.ClusterSizes.Sum(), "all rows were read");
        Assert.IsInRange(0.5, 1.0, metrics.Silhouette, "the measures that compute with tensors were taken");
        Assert.AreEqual(before, NativeTensors.Live);
        var failing = new OpenCursors(scored) { ThrowAtRow = 40 };
        Assert.ThrowsExactly<NotSupportedException>(() => Ml.Clustering.EvaluateDeepClustering(failing, labelColumnName: "Label"));
        Assert.AreEqual(before, NativeTensors.Live);
        Assert.AreEqual(0, failing.Open);
    }

    [TestMethod]
    [DataRow("Options.json", "", "entry Options.json is damaged", DisplayName = "before the weights are read")]
    [DataRow("Weights.safetensors", "", "entry Weights.safetensors is damaged: it has 0 bytes", DisplayName = "weights that are missing")]
    [DataRow("Options.json", "\"NumberOfClusters\": 3>\"NumberOfClusters\": 2", "tensor clustering.output", DisplayName = "weights that do not fit the network, which is made by then")]
    public void Load_DamagedModel_LeavesNoTensor(string entry, string change, string told)
    {
        using var stream = new MemoryStream();
        using (var model = TestMethods.Trainer(Ml, "Ddc").Fit(TestRows.View(Ml, TestRows.Make(20), images: true)))
            Ml.Model.Save(model, TestRows.View(Ml, TestRows.Make(1), images: true).Schema, stream);
        Change(stream, entry, change);
        var before = NativeTensors.Live;
        var error = Assert.Throws<Exception>(() => Ml.Model.Load(stream, out _)).GetBaseException();
        Assert.IsInstanceOfType<InvalidDataException>(error);
        StringAssert.Contains(error.Message, told);
        Assert.AreEqual(before, NativeTensors.Live);
    }

    // In an entry of the zip, one text by another, "old>new"; all of it where no text is named.
    private static void Change(MemoryStream file, string entry, string change)
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true);
        // Models of before have none; with them a changed text would be refused sooner.
        zip.Entries.Single(e => e.FullName.EndsWith("Checksums.json", StringComparison.Ordinal)).Delete();
        var old = zip.Entries.Single(e => e.FullName.EndsWith(entry, StringComparison.Ordinal));
        using var reader = new StreamReader(old.Open());
        var text = "";
        if (change.Split('>') is [var from, var to])
        {
            text = reader.ReadToEnd();
            StringAssert.Contains(text, from);
            text = text.Replace(from, to, StringComparison.Ordinal);
        }

        reader.Dispose();
        var name = old.FullName;
        old.Delete();
        using var writer = new StreamWriter(zip.CreateEntry(name).Open());
        writer.Write(text);
    }

    private static IDataView View() => TestVectors.View(Ml, TestVectors.Make(60, 6), 6);
}
