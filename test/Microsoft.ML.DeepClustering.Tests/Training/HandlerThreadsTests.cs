using Microsoft.ML.DeepClustering.Checkpoints;
using Microsoft.ML.DeepClustering.Tests.Support;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Training;

/// <summary>Handlers of progress and of the log are the program's code: they find its number of threads, not the training's.</summary>
[TestClass]
[DoNotParallelize]
public sealed class HandlerThreadsTests
{
    [TestMethod]
    public void Fit_OtherNumberOfThreads_HandlersFindTheProgramsAndTheTrainingKeepsItsOwn()
    {
        var (program, training) = (get_num_threads(), get_num_threads() + 2);
        var ml = new MLContext(seed: 1);
        var options = TestMethods.Options("Ddc");
        options.NumberOfThreads = training;
        var (reported, logged) = (new List<int>(), new List<int>());
        options.Progress = new Reporter(_ => reported.Add(get_num_threads()));
        ml.Log += (_, e) =>
        {
            if (e.RawMessage.Contains(" epoch ", StringComparison.Ordinal))
                logged.Add(get_num_threads());
        };
        using var folder = new TemporaryFolder();
        options.CheckpointPath = folder.File("training.checkpoint");
        TestMethods.Trainer(ml, options).Fit(TestRows.View(ml, TestRows.Make(40), images: true)).Dispose();
        Assert.IsGreaterThan(4, reported.Count);
        Assert.HasCount(2, logged);
        Assert.IsTrue(reported.Concat(logged).All(n => n == program), string.Join(' ', reported.Concat(logged)));
        // Written after the handlers of the last epoch.
        Assert.AreEqual(training, CheckpointFile.Read(options.CheckpointPath).Header.Threads);
        Assert.AreEqual(program, get_num_threads());
    }

    [TestMethod]
    public void Scan_OtherNumberOfThreads_HandlersFindThePrograms()
    {
        var program = get_num_threads();
        var ml = new MLContext(seed: 1);
        var options = TestMethods.Options("AutoencoderKMeans");
        options.NumberOfThreads = program + 2;
        var heard = new List<int>();
        options.Progress = new Reporter(_ => heard.Add(get_num_threads()));
        ml.Log += (_, e) =>
        {
            if (e.RawMessage.Contains(" epoch ", StringComparison.Ordinal) || e.RawMessage.Contains("clusters", StringComparison.Ordinal))
                heard.Add(get_num_threads());
        };
        ml.Clustering.ScanNumberOfClusters(TestRows.View(ml, TestRows.Make(40), images: true), options, from: 2, to: 3, numberOfSeeds: 1);
        Assert.IsGreaterThan(4, heard.Count);
        Assert.IsTrue(heard.All(n => n == program), string.Join(' ', heard));
    }
}
