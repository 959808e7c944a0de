using Experiments;

namespace Samples.Tests.Experiments;

[TestClass]
public sealed class ProtocolTests
{
    private static readonly RunResult[] Runs = [Run(0.3, 0.7), Run(0.1, 0.9), Run(0.2, 0.5)];

    [TestMethod]
    public void Kept_Runs_IsTheOneOfLowestLoss() => Assert.AreEqual(0.9, Protocol.Kept(Runs).Measures["ACC"]);

    [TestMethod]
    public void Kept_RunsThatEndedEarlyOrCollapsed_AreBehindAllOthers()
    {
        var early = Run(0.01, 0.2);
        early = early with { Course = early.Course! with { Failure = "the loss became NaN" } };
        var collapsed = Run(0.02, 0.1) with { ClusterSizes = [9, 0] };
        Assert.AreEqual(0.9, Protocol.Kept([early, collapsed, .. Runs]).Measures["ACC"]);
        Assert.AreEqual(0.2, Protocol.Kept([collapsed, early]).Measures["ACC"]);
    }

    [TestMethod]
    public void BootstrapDeviation_ThreeRuns_IsThatOfTheExactDistribution()
    {
        // Of 27 samples of three runs 19 have the best run, 7 of the others the second, and 1 the third alone.
        var values = Enumerable.Repeat(0.9, 19).Concat(Enumerable.Repeat(0.5, 7)).Append(0.7).ToArray();
        var mean = values.Average();
        var exact = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        Assert.AreEqual(exact, Protocol.BootstrapDeviation(Runs, r => r.Measures["ACC"]), 0.01);
        Assert.AreEqual(Protocol.BootstrapDeviation(Runs, r => r.Measures["ACC"]), Protocol.BootstrapDeviation(Runs, r => r.Measures["ACC"]));
    }

    [TestMethod]
    public void BootstrapDeviation_OneRun_IsNotKnown() => Assert.IsTrue(double.IsNaN(Protocol.BootstrapDeviation(Runs[..1], r => r.Measures["ACC"])));

    [TestMethod]
    public void MeanOf_Values_HasTheDeviationOfASample()
    {
        var (mean, deviation) = Protocol.MeanOf([2, 4, 4, 4, 5, 5, 7, 9]);
        Assert.AreEqual(5, mean);
        Assert.AreEqual(Math.Sqrt(32.0 / 7), deviation, 1e-12);
        Assert.IsTrue(double.IsNaN(Protocol.MeanOf([3]).Deviation));
    }

    private static RunResult Run(double loss, double accuracy) => new()
    {
        Job = new("Ddc", [], 1, new("usps"), ""), Finished = default, Seconds = 0, Rows = 0, Course = new(1, loss, 1, [], null),
        Measures = new Dictionary<string, double> { ["ACC"] = accuracy }, ClusterSizes = [5, 4],
    };
}
