using System.Runtime.InteropServices;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Torch;

/// <summary>What a program's own code throws within a training comes out as it is, though libtorch may throw the like.</summary>
[TestClass]
public sealed class CallerFaultTests
{
    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Faults =>
    [
        [new OutOfMemoryException("The chart does not fit.")],
        [new ExternalException("CUDA out of memory. Tried to allocate 2.25 GiB")],
        [new FileNotFoundException("Could not find file '/app/libtorch_cpu.so'.")],
        [new DllNotFoundException("Unable to load shared library 'LibTorchSharp' or one of its dependencies.")],
        [new TimeoutException()],
        [FailedTraining()],
    ];

    [TestMethod]
    [DynamicData(nameof(Faults))]
    public void Fit_ProgressThatThrows_LetsItsFaultOut(Exception fault) => ComesOut(fault, options => TestMethods.Trainer(_ml, options).Fit(View()));

    [TestMethod]
    [DynamicData(nameof(Faults))]
    public void ScanNumberOfClusters_ProgressThatThrows_LetsItsFaultOut(Exception fault)
        => ComesOut(fault, options => _ml.Clustering.ScanNumberOfClusters(View(), options, from: 2, to: 3, numberOfSeeds: 1));

    [TestMethod]
    [DynamicData(nameof(Faults))]
    public void Fit_LogThatThrows_LetsItsFaultOut(Exception fault)
    {
        LogThatThrows(fault, "epoch");
        // Before the training begins.
        LogThatThrows(fault, "all of them are one batch");
    }

    // What a training that the handler itself makes throws, which a scan must not take for one of its own.
    private static Exception FailedTraining()
    {
        var ml = new MLContext(seed: 1);
        var options = TestMethods.Options("Ddc");
        options.LearningRate = 1e30;
        return Assert.ThrowsExactly<InvalidOperationException>(
            () => TestMethods.Trainer(ml, options).Fit(TestRows.View(ml, TestRows.Make(60), images: true)));
    }

    private void LogThatThrows(Exception fault, string line)
    {
        var ml = new MLContext(seed: 1);
        ml.Log += (_, message) => ThrowIf(message.Message.Contains(line, StringComparison.OrdinalIgnoreCase));
        var options = TestMethods.Options("Ddc");
        options.BatchSize = 100;
        var thrown = Assert.Throws<Exception>(() => TestMethods.Trainer(ml, options).Fit(View()));
        Assert.AreSame(fault, thrown);

        void ThrowIf(bool condition)
        {
            if (condition)
                throw fault;
        }
    }

    private static void ComesOut(Exception fault, Action<DeepClusteringOptions> train)
    {
        var options = TestMethods.Options("Ddc");
        options.Progress = new Reporter(_ => throw fault);
        var thrown = Assert.Throws<Exception>(() => train(options));
        Assert.AreSame(fault, thrown);
        // Where the program's own code threw it.
        StringAssert.Contains(thrown.StackTrace, nameof(ComesOut));
    }

    private IDataView View() => TestRows.View(_ml, TestRows.Make(60), images: true);
}
