using Microsoft.ML.DeepClustering.Tests.Support;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Lifetime;

/// <summary>The measure of the tests of leaks sees leaks, and no others.</summary>
[TestClass]
public sealed class NativeTensorsTests
{
    [TestMethod]
    public void Live_TensorMadeAndDisposed_IsAsBefore()
    {
        var before = NativeTensors.Live;
        using (var made = ones(3, dtype: ScalarType.Float32))
            Assert.AreEqual(before + 1, NativeTensors.Live);
        Assert.AreEqual(before, NativeTensors.Live);
    }

    [TestMethod]
    public void Live_TensorLeftInAScope_IsAsBefore()
    {
        var before = NativeTensors.Live;
        using (NewDisposeScope())
            _ = ones(3, dtype: ScalarType.Float32).Plus(1.0);
        Assert.AreEqual(before, NativeTensors.Live);
    }

    [TestMethod]
    public void Live_ParameterMadeAndDisposed_IsAsBefore()
    {
        var before = NativeTensors.Live;
        using (var parameter = new Parameter(ones(3, dtype: ScalarType.Float32)))
            Assert.AreEqual(before + 1, NativeTensors.Live);
        Assert.AreEqual(before, NativeTensors.Live);
    }

    [TestMethod]
    public void Live_ModuleTrainedAndDisposed_IsAsBefore()
    {
        var before = NativeTensors.Live;
        using (NewDisposeScope())
        {
            using var module = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Linear(4, 2));
            using var optimizer = optim.Adam(module.parameters());
            module.call(ones(5, 3, dtype: ScalarType.Float32)).sum().backward();
            optimizer.step();
            Assert.IsGreaterThan(before, NativeTensors.Live);
        }

        Assert.AreEqual(before, NativeTensors.Live);
    }

    [TestMethod]
    public void Live_TensorLeftToTheFinalizer_IsCountedForEver()
    {
        var before = NativeTensors.Live;
        Forget();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.AreEqual(before + 1, NativeTensors.Live);
    }

    private static void Forget() => _ = ones(3, dtype: ScalarType.Float32);
}
