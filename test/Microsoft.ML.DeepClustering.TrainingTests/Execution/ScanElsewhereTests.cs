using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Execution;

/// <summary>Scans over numbers of clusters whose trainings are made elsewhere.</summary>
[TestClass]
public sealed class ScanElsewhereTests
{
    [TestMethod]
    [DataRow("AutoencoderKMeans")]
    [DataRow("Idec")]
    [DataRow("Dcn")]
    [DataRow("Ddc")]
    public void Scan_RunsInAnyOrder_FindsTheSame(string method)
    {
        var expected = Scan(Options(method), null);
        Assert.AreEqual(expected, Scan(Options(method), new WorkerExecutor()));
    }

    [TestMethod]
    public void Scan_TwoChildren_FindsTheSame()
        => Assert.AreEqual(Scan(Options("Idec"), null), Scan(Options("Idec"), new ChildProcessExecutor { MaximumProcesses = 2 }));

    [TestMethod]
    public void Scan_TrainingsThatFail_AreReported()
    {
        var options = Options("Idec");
        (options.LearningRate, ((IdecOptions)options).PretrainingLearningRate) = (1e30, 1e-3);
        Assert.AreEqual(Failure(null), Failure(new WorkerExecutor()));

        string Failure(RunExecutor? executor) => Assert.ThrowsExactly<InvalidOperationException>(() => Scan(options, executor)).Message;
    }

    private static DeepClusteringOptions Options(string method)
    {
        var options = TestMethods.Options(method);
        (options.NumberOfRuns, options.HiddenLayers) = (2, [30, 20]);
        return options;
    }

    // All numbers to the last bit, and the lines of the log that name no phase.
    private static string Scan(DeepClusteringOptions options, RunExecutor? executor)
    {
        var ml = new MLContext(seed: 1);
        var lines = new List<string>();
        ml.Log += (_, e) => lines.Add(e.RawMessage);
        options.RunExecutor = executor;
        var scan = ml.Clustering.ScanNumberOfClusters(TestRows.View(ml, Trainings.MakeRows(images: false), images: false), options, from: 2, to: 3, numberOfSeeds: 2);
        var numbers = from result in scan.Results
                      from t in result.Trainings
                      select FormattableString.Invariant($"{result.NumberOfClusters} {t.Seed} {t.LowestLoss:R} {t.Silhouette:R} {t.DaviesBouldinIndex:R} {t.CalinskiHarabaszIndex:R} {string.Join(' ', t.ClusterSizes)} {t.Failure}");
        Assert.IsTrue(lines.Any(l => l.StartsWith("k = 3, seed 7: run 2/2, ", StringComparison.Ordinal)), string.Join('\n', lines));
        return string.Join('\n', [.. numbers, scan.ToString()]);
    }
}
