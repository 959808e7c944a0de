using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Checkpoints;

[TestClass]
[DoNotParallelize]
public sealed class CancellationTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly TemporaryFolder _folder = new();

    public static IEnumerable<object[]> Methods => TestMethods.All;

    [TestCleanup]
    public void DeleteFolder() => _folder.Dispose();

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Fit_Cancelled_EndsWithinABatchAndLeavesACheckpointAndNoTensor(string method, bool images)
    {
        var all = 0;
        var uncancelled = TestMethods.Options(method);
        uncancelled.Progress = new Reporter(_ => all++);
        var whole = Trainings.Line(uncancelled, images);
        var view = TestRows.View(_ml, Trainings.MakeRows(images), images);
        // Early, or in the last epoch.
        var report = images ? 2 : all - 2;
        // What other tests have left to the finalizer must not go meanwhile.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = NativeTensors.Live;
        using var source = new CancellationTokenSource();
        var reports = 0;
        var options = TestMethods.Options(method);
        options.CheckpointPath = _folder.File("training.checkpoint");
        options.CancellationToken = source.Token;
        options.Progress = new Reporter(_ =>
        {
            if (++reports == report)
                source.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => TestMethods.Trainer(_ml, options).Fit(view));
        // A batch may be under way, and the epoch's end after it.
        Assert.IsLessThanOrEqualTo(report + 1, reports);
        Assert.AreEqual(before, NativeTensors.Live);

        var again = TestMethods.Options(method);
        again.CheckpointPath = options.CheckpointPath;
        Assert.AreEqual(whole, Trainings.Line(again, images));
    }
}
