using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Methods;

/// <summary>Trainings whose lengths are left open.</summary>
[TestClass]
public sealed class OpenLengthsTests
{
    // All rows are one batch: the error is compared over 100 epochs, first in epoch 201, when 200 errors are known.
    private const int Settled = 201;

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
        Assert.Contains("pretraining: at most 400 steps, 1 an epoch, of up to 60 rows.", _log);
        Assert.Contains($"The reconstruction error has stopped falling; pretraining ends with epoch {Settled} of at most 400.", _log);
        Assert.ContainsSingle(l => l.StartsWith("pretraining: at the speed of the first steps the 379 that are left take about ", StringComparison.Ordinal), _log);

        options.CheckpointPath = folder.File("training.checkpoint");
        using var stop = new CancellationTokenSource();
        options.CancellationToken = stop.Token;
        options.Progress = new Reporter(p =>
        {
            if (p.Completed is { Epoch: 150 })
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
