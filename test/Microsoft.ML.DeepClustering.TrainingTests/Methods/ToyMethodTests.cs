using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Methods;

/// <summary>A new method is a folder of its own: here it is one file of the tests, and the library trains, scores and evaluates it.</summary>
[TestClass]
public sealed class ToyMethodTests
{
    [TestMethod]
    public void Trainer_MethodFromOutside_RunsThroughThePipeline()
    {
        var ml = new MLContext(seed: 1);
        var view = TestRows.View(ml, TestRows.Make(60, size: 30), images: false);
        var options = new ToyOptions { NumberOfClusters = TestRows.Clusters, NumberOfRuns = 5 };
        using var model = DeepClusteringTrainer.Create(ml.Clustering.Trainers, options).Fit(view);
        var run = model.History.BestRun;
        Assert.AreEqual("Toy", model.Method);
        CollectionAssert.AreEqual(new[] { "distance" }, run.Epochs[0].Losses.Keys.ToArray());
        Assert.IsLessThan(run.Epochs[0].TotalLoss, run.Epochs[^1].TotalLoss);
        var metrics = ml.Clustering.EvaluateDeepClustering(model.Transform(view), "Label");
        Assert.AreEqual(60, metrics.ClusterSizes.Sum());
        Assert.AreEqual(1, metrics.Accuracy);
    }
}
