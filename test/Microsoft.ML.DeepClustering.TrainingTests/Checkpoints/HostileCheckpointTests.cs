using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using Microsoft.ML.DeepClustering.Checkpoints;
using Microsoft.ML.DeepClustering.Persistence;
using Microsoft.ML.DeepClustering.Tests.Support;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Checkpoints;

/// <summary>Checkpoints that were made to do harm: one sentence, no end of the process, no wait without end, no memory beyond the file's length.</summary>
[TestClass]
public sealed class HostileCheckpointTests
{
    private readonly TemporaryFolder _folder = new();
    private readonly MLContext _ml = new(seed: 1);

    private string CheckpointPath => _folder.File("training.checkpoint");

    [TestCleanup]
    public void DeleteFolder() => _folder.Dispose();

    [TestMethod]
    public void Train_StateOfTheGeneratorForged_IsRefused()
    {
        Break();
        Forge((_, tensors) => tensors["run/generator"].SetTo(255));
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => Train()).Message, "run/generator is no state of a generator");
    }

    [TestMethod]
    [DataRow(624, 624)]
    [DataRow(1, 1)]
    [DataRow(0, 625)]
    public void Train_GeneratorThatWouldReadBeyondItsWords_IsRefused(int left, long next)
    {
        Break();
        Forge((_, tensors) =>
        {
            var state = tensors["run/generator"];
            BinaryPrimitives.WriteInt32LittleEndian(state.bytes[8..], left);
            BinaryPrimitives.WriteInt64LittleEndian(state.bytes[16..], next);
        });
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => Train()).Message, "run/generator is no state of a generator");
    }

    [TestMethod]
    public void Train_OrderOfRowsForged_IsRefused()
    {
        Break();
        Forge((_, tensors) => tensors["run/evaluation-order"].SetTo(0));
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => Train()).Message, "run/evaluation-order is no order of");
    }

    [TestMethod]
    public void Train_MoreEpochsThanThePhaseHas_IsRefused()
    {
        Break();
        Forge((header, _) => header with { Current = header.Current! with { Epoch = 1_000_000, Epochs = [.. header.Current.Epochs.SkipLast(1), header.Current.Epochs[^1] with { Epoch = 1_000_000 }] } });
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => Train()).Message, "It has 1000000 epochs of ");
    }

    [TestMethod]
    [DataRow("Dcn", "phase/_dying", 1L << 33, "Its clusters of rows are not from 0 to 4")]
    [DataRow("Dec", "phase/_dying", -1, "Its clusters of rows are not from 0 to 4")]
    [DataRow("DeepKMeans", "phase/_dying", 5, "Its clusters of rows are not from 0 to 4")]
    [DataRow("Idec", "phase/_labels", 5, "Its clusters of rows are not from 0 to 4")]
    public void Fit_ClustersOfRowsForged_AreRefused(string method, string name, long cluster, string message)
    {
        var options = Clustering(method);
        Assert.ThrowsExactly<TimeoutException>(() => TestMethods.Trainer(_ml, options).Fit(Rows()));
        Forge((_, tensors) => tensors[name].SetTo(cluster));
        options.Progress = null;
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => TestMethods.Trainer(_ml, options).Fit(Rows())).Message, message);
    }

    [TestMethod]
    [DataRow("Idec", "phase/_target")]
    [DataRow("DynamicAutoencoder", "phase/_images")]
    [DataRow("DynamicAutoencoder", "phase/_iteration")]
    public void Fit_StateOfThePhaseOfAnotherShape_IsRefused(string method, string name)
    {
        var options = Clustering(method);
        Assert.ThrowsExactly<TimeoutException>(() => TestMethods.Trainer(_ml, options).Fit(Rows()));
        Forge((_, tensors) => tensors[name] = tensors[name].narrow(tensors[name].dim() - 1, 0, 1).contiguous());
        options.Progress = null;
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => TestMethods.Trainer(_ml, options).Fit(Rows())).Message, $"The checkpoint {CheckpointPath} cannot be used");
    }

    [TestMethod]
    public void Fit_CountOfStepsOfAnotherType_IsRefused()
    {
        var options = Clustering("Idec");
        Assert.ThrowsExactly<TimeoutException>(() => TestMethods.Trainer(_ml, options).Fit(Rows()));
        Forge((_, tensors) => tensors["phase/_iteration"] = tensors["phase/_iteration"].to(ScalarType.Float32));
        options.Progress = null;
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => TestMethods.Trainer(_ml, options).Fit(Rows())).Message, $"The checkpoint {CheckpointPath} cannot be used");
    }

    [TestMethod]
    public void Train_EntryThatIsCompressed_IsRefusedUnread()
    {
        Train();
        using (var zip = ZipFile.Open(CheckpointPath, ZipArchiveMode.Update))
        {
            zip.GetEntry("Checkpoint.json")!.Delete();
            using var stream = zip.CreateEntry("Checkpoint.json", CompressionLevel.SmallestSize).Open();
            for (var block = 0; block < 64; block++)
                stream.Write(new byte[1 << 20]);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => Train()).Message, "Its Checkpoint.json has another length than is said");
        Assert.IsLessThan(16 << 20, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    public void Train_Pipe_IsRefusedAndNotWaitedFor()
    {
        if (OperatingSystem.IsWindows())
            Assert.Inconclusive("Windows has no pipes among its files.");
        using (var process = Process.Start("mkfifo", CheckpointPath))
            process.WaitForExit();
        var training = Task.Run(() => Train());
        Assert.IsTrue(((IAsyncResult)training).AsyncWaitHandle.WaitOne(TimeSpan.FromMinutes(1)), "It waits.");
        StringAssert.Contains(Assert.ThrowsExactly<IOException>(() => training.GetAwaiter().GetResult()).Message, $"{CheckpointPath} is a device or a pipe, not a file");
    }

    private IDataView Rows() => TestRows.View(_ml, TestRows.Make(30), images: false);

    // Ends within the last phase, with a checkpoint.
    private DeepClusteringOptions Clustering(string method)
    {
        var options = TestMethods.Options(method, epochs: 3);
        (options.NumberOfClusters, options.CheckpointPath) = (5, CheckpointPath);
        _ = options switch
        {
            DcnOptions dcn => dcn.Unseen = new(),
            DecOptions dec => dec.Unseen = new(),
            DeepKMeansOptions soft => soft.Unseen = new(),
            _ => null,
        };
        options.Progress = new Reporter(p =>
        {
            if (p is { Phase: not "pretraining", Epoch: 3 })
                throw new TimeoutException();
        });
        return options;
    }

    private void Break() => Assert.ThrowsExactly<TimeoutException>(() => Train(new Reporter(p =>
    {
        if (p.Epoch == 3)
            throw new TimeoutException();
    })));

    private void Forge(Action<CheckpointHeader, Dictionary<string, Tensor>> change) => Forge((header, tensors) =>
    {
        change(header, tensors);
        return header;
    });

    private void Forge(Func<CheckpointHeader, Dictionary<string, Tensor>, CheckpointHeader> change)
    {
        var checkpoint = CheckpointFile.Read(CheckpointPath);
        var tensors = checkpoint.Tensors.ToDictionary(t => t.Key, t => t.Value.ToTensor());
        CheckpointFile.Write(CheckpointPath, change(checkpoint.Header, tensors), tensors);
    }

    private byte[] Train(IProgress<TrainingProgress>? progress = null)
    {
        var options = ToyTraining.Options();
        (options.CheckpointPath, options.Progress) = (CheckpointPath, progress);
        using var model = ToyTraining.Train(options, []);
        return SafeTensors.Write(model.Method.state_dict());
    }
}
