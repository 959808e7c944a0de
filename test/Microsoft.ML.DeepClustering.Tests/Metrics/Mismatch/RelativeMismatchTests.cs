namespace Microsoft.ML.DeepClustering.Tests.Metrics.Mismatch;

[TestClass]
public sealed class RelativeMismatchTests
{
    private static readonly double[] Auxiliary = [0.31, 0.29, 0.275, 0.27, 0.255, 0.26, 0.24, 0.235];
    private static readonly double[] Performance = [0.42, 0.47, 0.55, 0.53, 0.61, 0.66, 0.64, 0.71];

    // Slope and R² from numpy 1.24's polyfit.
    [TestMethod]
    [DataRow(1, -3.754086709310578, 0.903457535929403)]
    [DataRow(2, -3.7531763803233176, 0.903457921809052)]
    [DataRow(3, -3.3169637060484725, 0.9098676408476978)]
    public void Fit_EachDegree_EqualsNumPy(int degree, double slope, double rSquared)
    {
        var fit = RelativeMismatch.Fit(Auxiliary, Performance, degree);
        Assert.AreEqual(slope, fit.Slope, 1e-7);
        Assert.AreEqual(rSquared, fit.RSquared, 1e-9);
        Assert.AreEqual((degree, 8), (fit.Degree, fit.Epochs));
    }

    [TestMethod]
    public void Fit_ExactParabola_HasItsMeanSlopeAndRSquaredOne()
    {
        var performance = Auxiliary.Select(a => 2 - 3 * a + 0.5 * a * a).ToArray();
        var fit = RelativeMismatch.Fit(Auxiliary, performance);
        Assert.AreEqual(Auxiliary.Average(a => -3 + a), fit.Slope, 1e-9);
        Assert.AreEqual(1, fit.RSquared, 1e-9);
    }

    [TestMethod]
    public void Fit_AuxiliaryLossInOtherUnits_ScalesTheSlopeAndKeepsRSquared()
    {
        var fit = RelativeMismatch.Fit(Auxiliary, Performance);
        var scaled = RelativeMismatch.Fit(Auxiliary.Select(a => 1000 * a + 1e4).ToArray(), Performance);
        Assert.AreEqual(fit.Slope, 1000 * scaled.Slope, 1e-6);
        Assert.AreEqual(fit.RSquared, scaled.RSquared, 1e-8);
    }

    [TestMethod]
    public void Fit_AuxiliaryLossThatNeverChanged_IsNaN()
    {
        var fit = RelativeMismatch.Fit([0.3, 0.3, 0.3, 0.3], [1, 2, 3, 4]);
        Assert.IsTrue(double.IsNaN(fit.Slope) && double.IsNaN(fit.RSquared));
    }

    [TestMethod]
    public void Fit_PerformanceThatNeverChanged_HasSlopeZeroAndNoRSquared()
    {
        var fit = RelativeMismatch.Fit([1, 2, 3, 4], [0.7, 0.7, 0.7, 0.7]);
        Assert.AreEqual(0, fit.Slope, 1e-12);
        Assert.IsTrue(double.IsNaN(fit.RSquared));
    }

    [TestMethod]
    public void Fit_AuxiliaryLossOfTwoValues_IsFiniteThoughThePowersDependOnEachOther()
    {
        var fit = RelativeMismatch.Fit([1, 2, 1, 2], [0.2, 0.6, 0.4, 0.8], degree: 2);
        Assert.AreEqual(1 - 0.04 / 0.2, fit.RSquared, 1e-9);
        Assert.AreEqual(0.4, fit.Slope, 1e-9);
    }

    [TestMethod]
    public void Fit_NotAsManyOfBothOrTooFew_Throws()
    {
        Assert.ThrowsExactly<ArgumentException>(() => RelativeMismatch.Fit([1, 2, 3], [1, 2]));
        Assert.ThrowsExactly<ArgumentException>(() => RelativeMismatch.Fit([1, 2], [1, 2], degree: 2));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => RelativeMismatch.Fit([1, 2, 3], [1, 2, 3], degree: 0));
    }

    [TestMethod]
    public void Of_Run_TakesTheEpochsThatHaveBoth()
    {
        var epochs = Auxiliary.Zip(Performance, (a, p) => Epoch(a, p)).Append(Epoch(0.1, double.NaN)).Append(Epoch(0.1, null)).Append(Epoch(null, 0.9));
        var fit = RelativeMismatch.Compute(new RunRecord(1, 0, 1, epochs.ToArray(), null), PerformanceMeasure.Silhouette);
        Assert.AreEqual(RelativeMismatch.Fit(Auxiliary, Performance), fit);
    }

    [TestMethod]
    public void Of_RunThatRecordedTooLittle_SaysWhatToDo()
    {
        var run = new RunRecord(1, 0, 1, Auxiliary.Take(3).Zip(Performance, (a, p) => Epoch(a, p)).ToArray(), null);
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => RelativeMismatch.Compute(run, PerformanceMeasure.Silhouette));
        StringAssert.Contains(error.Message, "3 epochs");
        StringAssert.Contains(error.Message, "RecordMismatch");
        Assert.IsNull(RelativeMismatch.TryCompute(run, PerformanceMeasure.Silhouette));
    }

    [TestMethod]
    public void TryOf_RunThatRecordedEnough_IsTheSameAsOf()
    {
        var run = new RunRecord(1, 0, 1, Auxiliary.Zip(Performance, (a, p) => Epoch(a, p)).ToArray(), null);
        Assert.AreEqual(RelativeMismatch.Compute(run, PerformanceMeasure.Silhouette), RelativeMismatch.TryCompute(run, PerformanceMeasure.Silhouette));
        Assert.IsNull(RelativeMismatch.TryCompute(run));
    }

    private static EpochRecord Epoch(double? auxiliary, double? performance) => new("clustering", 1, new Dictionary<string, double>(), 0, null, 0)
    {
        Mismatch = auxiliary is { } a ? new EpochMismatch(0, a) : null,
        Performance = performance is { } p ? new Dictionary<PerformanceMeasure, double> { [PerformanceMeasure.Silhouette] = p } : null,
    };
}
