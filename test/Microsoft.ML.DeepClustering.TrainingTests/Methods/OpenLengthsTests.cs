using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Methods;

/// <summary>Trainings whose lengths are left open.</summary>
[TestClass]
public sealed class OpenLengthsTests
{
    // In batches of 32 an epoch has 2: the error is compared over 150 epochs, first in epoch 301.
    private const int Settled = 301;

    private readonly MLContext _ml = new(seed: 1);
    private readonly List<string> _log = [];

    [TestMethod]
    public void Fit_ErrorThatDoesNotFall_EndsPretrainingEarly_AlsoTakenUpAfterAStop()
    {
        using var folder = new TemporaryFolder();
        _ml.Log += (_, e) => _log.Add(e.RawMessage);
        var options = Options(null);
        using var whole = Fit(options);
        Assert.HasCount(Settled, whole.History.BestRun.Epochs);
        Assert.Contains("pretraining: at most 3600 steps, 2 an epoch, of up to 32 rows.", _log);
        Assert.Contains($"The reconstruction error has stopped falling; pretraining ends with epoch {Settled} of at most 1800.", _log);
        Assert.ContainsSingle(l => l.StartsWith("pretraining: at the speed of the first steps the 3579 that are left take about ", StringComparison.Ordinal), _log);

        options.CheckpointPath = folder.File("training.checkpoint");
        using var stop = new CancellationTokenSource();
        options.CancellationToken = stop.Token;
        options.Progress = new Reporter(p =>
        {
            if (p.Completed is { Epoch: 200 })
                stop.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => Fit(options));
        (options.CancellationToken, options.Progress) = (CancellationToken.None, null);
        using var resumed = Fit(options);
        CollectionAssert.AreEqual(whole.History.BestRun.Epochs.Select(e => e.TotalLoss).ToArray(), resumed.History.BestRun.Epochs.Select(e => e.TotalLoss).ToArray());
    }

    [TestMethod]
    public void Fit_NumberOfEpochsGiven_TrainsThemAll()
    {
        using var model = Fit(Options(Settled + 4));
        Assert.HasCount(Settled + 4, model.History.BestRun.Epochs);
    }

    // A rate so low that nothing changes.
    private static AutoencoderKMeansOptions Options(int? epochs)
        => new() { NumberOfClusters = 3, PretrainingEpochs = epochs, LearningRate = 1e-12, Seed = 1, CheckpointInterval = 100 };

    private DeepClusteringTransformer Fit(AutoencoderKMeansOptions options)
        => _ml.Clustering.Trainers.AutoencoderKMeans(options).Fit(TestRows.View(_ml, TestRows.Make(60, size: 4), images: false));
}
