using Microsoft.ML.DeepClustering.Methods.DynamicAutoencoder;

namespace Microsoft.ML.DeepClustering.Tests.Methods;

/// <summary>The bounds of DynAE.</summary>
[TestClass]
public sealed class ConflictScheduleTests
{
    [TestMethod]
    public void Lower_TenClusters_GivesTheBoundsOfTheAuthorsCode()
    {
        var schedule = new ConflictSchedule(10, 3);
        AreBounds(0.3, 0.15, schedule);
        // Δκ = 0.9, then 0.3 · 3, 0.3 · 0.9, 0.3 · 0.27 ...
        foreach (var fall in new[] { 0.09, 0.09, 0.027, 0.0081, 0.00243 })
        {
            var (confidence, margin) = (schedule.Confidence, schedule.Margin);
            schedule.Lower();
            AreBounds(confidence - fall, margin - fall, schedule);
        }
    }

    [TestMethod]
    public void Lower_AsPrinted_ShrinksEachFallByTheFactor()
    {
        var schedule = new ConflictSchedule(10, 3, ThresholdRule.AsPrinted);
        foreach (var bound in new[] { 0.21, 0.183, 0.1749, 0.17247 })
        {
            schedule.Lower();
            AreBounds(bound, bound - 0.15, schedule);
        }
    }

    [TestMethod]
    public void CanFall_AfterManyFalls_IsFalseNearTheirLimit()
    {
        var schedule = new ConflictSchedule(10, 3);
        var falls = 0;
        while (schedule.CanFall)
        {
            schedule.Lower();
            falls++;
        }

        // 0.3 - 0.09 - 0.09 / (1 - 0.3)
        Assert.AreEqual(0.3 - 0.09 - 0.09 / 0.7, schedule.Confidence, 1e-4);
        Assert.IsLessThan(20, falls);
    }

    [TestMethod]
    public void Resume_AnyPoint_GoesOnAsBefore()
    {
        var first = new ConflictSchedule(7, 2.1);
        first.Lower();
        first.Lower();
        var second = new ConflictSchedule(7, 2.1);
        second.Resume(first.State);
        first.Lower();
        second.Lower();
        CollectionAssert.AreEqual(first.State, second.State);
    }

    private static void AreBounds(double confidence, double margin, ConflictSchedule schedule)
    {
        Assert.AreEqual(confidence, schedule.Confidence, 1e-12);
        Assert.AreEqual(margin, schedule.Margin, 1e-12);
    }
}
