using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Methods;

[TestClass]
public sealed class DdcClusteringModuleTests
{
    [TestMethod]
    public void Run_AnyInput_GivesPointsOfTheSimplex()
    {
        using var module = new DdcClusteringModule(20, 4, NormalizationConstants.PyTorch);
        using var generator = new Generator(3);
        WeightInitializer.Initialize(module, WeightInitialization.HeNormal, generator);
        var (embedding, assignments) = module.Run(randn(6, 20).Times(10.0));
        CollectionAssert.AreEqual(new long[] { 6, 100 }, embedding.shape);
        TestTensors.AreClose([1, 1, 1, 1, 1, 1], assignments.sum(dim: 1L), 1e-6);
        Assert.IsTrue(assignments.IsAtLeast(0).all().item<bool>());
    }
}
