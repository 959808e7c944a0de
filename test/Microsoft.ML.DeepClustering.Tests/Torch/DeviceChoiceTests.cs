using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.Runtime;
using TorchSharp;

namespace Microsoft.ML.DeepClustering.Tests.Torch;

/// <summary>A GPU that is asked for and is not there: said at once, or warned of.</summary>
[TestClass]
public sealed class DeviceChoiceTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly List<string> _warnings = [];

    [TestInitialize]
    public void Listen()
    {
        if (torch.cuda.is_available())
            Assert.Inconclusive("This machine has a GPU; what is told without one cannot be seen here.");
        _ml.Log += (_, message) =>
        {
            if (message.Kind == ChannelMessageKind.Warning)
                _warnings.Add(message.RawMessage);
        };
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(7)]
    [DataRow(-1)]
    [DataRow(int.MaxValue)]
    [DataRow(int.MinValue)]
    public void Fit_GpuThatIsNotThere_FailsBeforeTheDataAreRead(int gpu)
    {
        (_ml.GpuDeviceId, _ml.FallbackToCpu) = (gpu, false);
        var read = 0;
        var view = _ml.Data.LoadFromEnumerable(Counted(() => read++), TestRows.Schema(1, TestRows.Side, TestRows.Side));
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => TestMethods.Trainer(_ml, "Ddc").Fit(view));
        Assert.AreEqual(
            $"MLContext.GpuDeviceId is {gpu}, but no GPU can be used; install TorchSharp-cuda-linux or TorchSharp-cuda-windows, choose another device, or set MLContext.FallbackToCpu.",
            error.Message);
        Assert.AreEqual(0, read);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(-1)]
    [DataRow(int.MaxValue)]
    public void Fit_FallingBack_WarnsOnceAndTrainsOnTheCpu(int gpu)
    {
        (_ml.GpuDeviceId, _ml.FallbackToCpu) = (gpu, true);
        using var model = TestMethods.Trainer(_ml, "Ddc").Fit(TestRows.View(_ml, TestRows.Make(60), images: true));
        Assert.AreEqual(DeviceType.CPU, model.Trained.Device.type);
        Assert.AreEqual(1, _warnings.Count(w => w == $"MLContext.GpuDeviceId is {gpu}, but no GPU can be used; the CPU is used, as MLContext.FallbackToCpu allows."));
    }

    [TestMethod]
    public void Load_GpuThatIsNotThere_FailsOrWarns()
    {
        var view = TestRows.View(_ml, TestRows.Make(60), images: true);
        using var model = TestMethods.Trainer(_ml, "Ddc").Fit(view);
        using var file = new MemoryStream();
        _ml.Model.Save(model, view.Schema, file);
        Assert.IsFalse(_warnings.Any(w => w.Contains("GpuDeviceId", StringComparison.Ordinal)), "no GPU is asked for yet");

        (_ml.GpuDeviceId, _ml.FallbackToCpu) = (1, true);
        file.Position = 0;
        ((IDisposable)_ml.Model.Load(file, out _)).Dispose();
        Assert.AreEqual(1, _warnings.Count(w => w.StartsWith("MLContext.GpuDeviceId is 1, but no GPU can be used; the CPU", StringComparison.Ordinal)));

        _ml.FallbackToCpu = false;
        file.Position = 0;
        var error = Assert.Throws<Exception>(() => _ml.Model.Load(file, out _)).GetBaseException();
        Assert.IsInstanceOfType<InvalidOperationException>(error);
        StringAssert.StartsWith(error.Message, "MLContext.GpuDeviceId is 1, but no GPU can be used; install");
    }

    private static IEnumerable<TestRow> Counted(Action read)
    {
        foreach (var row in TestRows.Make(60))
        {
            read();
            yield return row;
        }
    }
}
