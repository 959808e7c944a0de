using Microsoft.ML.DeepClustering.Persistence;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Checkpoints;

/// <summary>A training that breaks off at any batch and is started again ends where it would have ended without a break.</summary>
[TestClass]
public sealed class ResumeTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly TemporaryFolder _folder = new();

    public static IEnumerable<object[]> Methods => TestMethods.All;

    public TestContext TestContext { get; set; } = null!;

    private string CheckpointFile => _folder.File("training.checkpoint");

    [TestCleanup]
    public void DeleteFolder() => _folder.Dispose();

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Fit_BrokenOffInEachPhase_EndsBitForBit(string method, bool images)
    {
        var (whole, reports) = Whole(() => TestMethods.Options(method), images);
        foreach (var report in new[] { reports / 3, reports - 1 })
            BreaksOff(() => TestMethods.Options(method), images, whole, report);
    }

    [TestMethod]
    [TestCategory("Slow")]
    [DataRow("Dcn", false)]
    [DataRow("DdcUco", true)]
    [DataRow("Idec", true)]
    [DataRow("Depict", true)]
    public void Fit_BrokenOffAtEveryBatch_EndsBitForBit(string method, bool images)
    {
        var (whole, reports) = Whole(() => TestMethods.Options(method), images);
        for (var report = 1; report <= reports; report++)
            BreaksOff(() => TestMethods.Options(method), images, whole, report);
        TestContext.WriteLine($"{reports} points of {method} resumed equal");
    }

    [TestMethod]
    [DataRow("Dec", true)]
    [DataRow("Idec", false)]
    [DataRow("DecUco", false)]
    [DataRow("Dcn", true)]
    [DataRow("DeepKMeans", false)]
    [DataRow("Centering", false)]
    public void Fit_BrokenOffBetweenBreaksOfBrb_EndsBitForBit(string method, bool images)
    {
        DeepClusteringOptions Options()
        {
            var options = (AutoencoderFamilyOptions)TestMethods.Options(method, epochs: 4);
            options.PretrainingEpochs = 1;
            options.Augmentation = images ? new() { Shear = 8 } : null;
            var brb = new BrbOptions { Interval = 1, ReclusteringRows = 20 };
            switch (options)
            {
                case DecFamilyOptions dec: (dec.Brb, dec.Optimizer) = (brb, images ? OptimizerKind.Adam : OptimizerKind.Momentum); break;
                case DcnOptions dcn: (dcn.Brb, dcn.PairLoss, dcn.CentroidRate) = (brb, images, 0.2); break;
                case DeepKMeansOptions soft: soft.Brb = brb; break;
                case CenteringOptions centering: centering.Brb = brb; break;
            }

            if (options is DecOptions pairs)
                pairs.PairLoss = images;
            return options;
        }

        var (whole, reports) = Whole(Options, images);
        foreach (var report in new[] { reports / 3, reports / 2, reports - 2 })
            BreaksOff(Options, images, whole, report);
    }

    [TestMethod]
    [TestCategory("Slow")]
    [DataRow(RunCriterion.LowestLoss)]
    [DataRow(RunCriterion.Agreement)]
    public void Fit_SeveralRunsBrokenOff_EndBitForBit(RunCriterion criterion)
    {
        DeepClusteringOptions Options()
        {
            var options = TestMethods.Options("Idec");
            (options.NumberOfRuns, options.RunCriterion) = (3, criterion);
            options.RecordMismatch = options.RecordPerformance = true;
            return options;
        }

        var (whole, reports) = Whole(Options, images: false);
        for (var report = 2; report <= reports; report += 11)
            BreaksOff(Options, images: false, whole, report);
    }

    [TestMethod]
    public void Fit_BrokenOffAgainAndAgain_EndsBitForBit()
    {
        var (whole, _) = Whole(() => TestMethods.Options("Dcn"), images: false);
        var breaks = 0;
        for (; breaks < 100; breaks++)
        {
            // Farther each time, or no epoch would ever be finished.
            var options = With(TestMethods.Options("Dcn"), breakAt: 3 + breaks);
            try
            {
                using var model = Trainer(options).Fit(View(images: false));
                break;
            }
            catch (BreakException)
            {
            }
        }

        Assert.IsGreaterThan(2, breaks);
        using var last = Trainer(With(TestMethods.Options("Dcn"))).Fit(View(images: false));
        AreEqual(whole, Result.Of(last));
    }

    [TestMethod]
    public void Fit_CheckpointOfAnEndedTraining_GivesItsModelWithoutTraining()
    {
        var (whole, _) = Whole(() => TestMethods.Options("DdcUco"), images: true);
        Trainer(With(TestMethods.Options("DdcUco"))).Fit(View(images: true)).Dispose();
        using var again = Trainer(With(TestMethods.Options("DdcUco"), breakAt: 1)).Fit(View(images: true));
        AreEqual(whole, Result.Of(again));
    }

    [TestMethod]
    public void Fit_SeedWasDrawn_GoesOnWithTheFirst()
    {
        var options = TestMethods.Options("Idec");
        options.Seed = null;
        var first = new MLContext(seed: 3);
        using var whole = TestMethods.Trainer(first, options).Fit(TestRows.View(first, MakeRows(images: true), images: true));
        var broken = new MLContext(seed: 3);
        Assert.ThrowsExactly<BreakException>(() => TestMethods.Trainer(broken, With(options, breakAt: 8)).Fit(TestRows.View(broken, MakeRows(images: true), images: true)));
        var other = new MLContext(seed: 4);
        options.Progress = null;
        using var resumed = TestMethods.Trainer(other, options).Fit(TestRows.View(other, MakeRows(images: true), images: true));
        AreEqual(Result.Of(whole), Result.Of(resumed));
    }

    private void BreaksOff(Func<DeepClusteringOptions> options, bool images, Result whole, int report)
    {
        File.Delete(CheckpointFile);
        Assert.ThrowsExactly<BreakException>(() => Trainer(With(options(), breakAt: report)).Fit(View(images)), $"report {report}");
        using var resumed = Trainer(With(options())).Fit(View(images));
        AreEqual(whole, Result.Of(resumed), $"broken off at report {report}");
    }

    // The uninterrupted training, without a checkpoint, and how often it reports.
    private (Result, int) Whole(Func<DeepClusteringOptions> options, bool images)
    {
        var reports = 0;
        var whole = options();
        whole.Progress = new Reporter(_ => reports++);
        using var model = Trainer(whole).Fit(View(images));
        return (Result.Of(model), reports);
    }

    private DeepClusteringOptions With(DeepClusteringOptions options, int breakAt = int.MaxValue)
    {
        var reports = 0;
        options.CheckpointPath = CheckpointFile;
        options.Progress = new Reporter(_ =>
        {
            if (++reports == breakAt)
                throw new BreakException();
        });
        return options;
    }

    private DeepClusteringTrainer Trainer(DeepClusteringOptions options) => TestMethods.Trainer(_ml, options);

    private IDataView View(bool images) => TestRows.View(_ml, MakeRows(images), images);

    // A whole batch and a rest.
    private static TestRow[] MakeRows(bool images) => TestRows.Make(26, images ? TestRows.Side * TestRows.Side : 12);

    private static void AreEqual(Result expected, Result actual, string when = "")
    {
        Assert.AreEqual(expected.History, actual.History, when);
        CollectionAssert.AreEqual(expected.Weights, actual.Weights, when);
    }

    private sealed class BreakException : Exception;

    private sealed record Result(byte[] Weights, string History)
    {
        public static Result Of(DeepClusteringTransformer model)
            => new(SafeTensors.Write(model.Trained.Method.state_dict()), string.Join('\n', model.History.Runs.Select(Text)));

        // All but the seconds.
        private static string Text(RunRecord run) => $"{run.Seed} {run.LowestLoss:R} {run.BestEpoch} {run.Failure}\n" + string.Join('\n', run.Epochs.Select(Text));

        private static string Text(EpochRecord epoch)
            => $"{epoch.Phase} {epoch.Epoch} {epoch.TotalLoss:R} {epoch.EvaluationLoss:R} {string.Join(' ', epoch.Losses)} {epoch.Mismatch} {string.Join(" ", epoch.Performance?.Select(p => p.ToString()) ?? [])} {epoch.HasCollapsed}";
    }
}
