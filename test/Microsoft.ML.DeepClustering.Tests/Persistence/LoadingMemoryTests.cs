using System.Text;
using System.Text.Json.Nodes;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Persistence;
using Microsoft.ML.DeepClustering.Scoring;
using Microsoft.ML.DeepClustering.Tests.Support;
using TorchSharp;

namespace Microsoft.ML.DeepClustering.Tests.Persistence;

/// <summary>A file gets memory in proportion to its own size, whatever sizes it names.</summary>
[TestClass]
public sealed class LoadingMemoryTests
{
    private const long Free = 64 << 20;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("Ddc", 4, "NumberOfClusters", 2_000_000_000)]
    [DataRow("Ddc", 4, "NumberOfClusters", 3_000_000)]
    [DataRow("AutoencoderKMeans", 4, "NumberOfClusters", 2_000_000_000)]
    [DataRow("AutoencoderKMeans", 4, "EmbeddingSize", 2_000_000_000)]
    [DataRow("AutoencoderKMeans", 4, "EmbeddingSize", 100_000)]
    [DataRow("AutoencoderKMeans", 4, "Shape", 2_000_000_000)]
    [DataRow("AutoencoderKMeans", 4, "Shape", 1_000_000)]
    [DataRow("Idec", 4, "EmbeddingSize", 2_000_000_000)]
    [DataRow("Ddc", 4, "Shape", 1_000_000)]
    public void Read_SizesThatAskForAGiantNetwork_AreRefusedBeforeOneIsMade(string method, int features, string size, int value)
    {
        var entries = Untrained(method, features);
        Change(entries, o =>
        {
            if (size == "Shape")
                o["Shape"] = new JsonArray(value);
            else
                o["Options"]![size] = value;
        });
        IsRefusedWithinBounds(entries, "do not fit");
    }

    [TestMethod]
    [DataRow(1, 40_000, 40_000)]
    [DataRow(2_000_000_000, 1, 1)]
    [DataRow(1, 1, 2_000_000_000)]
    [DataRow(1, 2_000, 2_000)]
    public void Read_ImagesThatAskForAGiantNetwork_AreRefusedBeforeOneIsMade(int channels, int height, int width)
    {
        var entries = TinyModel.Trained.With(TinyModel.Options, o =>
        {
            o["Shape"] = new JsonArray(channels, height, width);
            o["Options"]!["ImageShape"] = new JsonObject { ["Channels"] = channels, ["Height"] = height, ["Width"] = width };
        });
        IsRefusedWithinBounds(entries, "do not fit");
    }

    [TestMethod]
    public void Read_LargeSoundModel_StaysWithinTheBound()
    {
        var entries = Untrained("AutoencoderKMeans", 8000);
        var (allocated, size) = (0L, Size(entries));
        using (AddressSpace.LimitTo(4 * size + Free))
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            TinyModel.Read(entries).Dispose();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        TestContext.WriteLine($"COUNT model of {size} bytes: {allocated} allocated");
        Assert.IsLessThan(size + Free, allocated);
    }

    [TestMethod]
    public void Read_HistoryOfManyEpochs_StaysWithinTheBound()
    {
        var losses = new Dictionary<string, double> { ["clustering"] = 0.25, ["reconstruction"] = 0.5 };
        var epochs = Enumerable.Range(1, 100_000).Select(i => new EpochRecord("clustering", i, losses, 0.75, null, 1.5)).ToArray();
        var entries = TinyModel.Trained.With(TinyModel.History, HistoryEntry.Write(new([new RunRecord(1, 0.75, 1, epochs, null)], 0)));
        var size = Size(entries);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var model = TinyModel.Read(entries);
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        TestContext.WriteLine($"COUNT history of {size} bytes: {held} held");
        Assert.HasCount(100_000, model.History.BestRun.Epochs);
        Assert.IsLessThan(4 * size + Free, held);
    }

    [TestMethod]
    public void Read_HistoryOutOfProportion_IsRefusedWithinTheBound()
    {
        const string epoch = """{"Phase":"a","Epoch":1,"Losses":{"a":1},"TotalLoss":1,"EvaluationLoss":null,"Seconds":1}""";
        Forgery.Loads(WithEpochs(string.Join(',', Enumerable.Repeat(epoch, 10_000))));
        IsRefusedWithinBounds(WithEpochs(string.Join(',', Enumerable.Repeat(epoch, 2_000_000))), "more values");
        IsRefusedWithinBounds(WithEpochs(string.Join(',', Enumerable.Repeat("null", 10_000_000))), "History.json is damaged");
        var losses = string.Join(',', Enumerable.Range(0, 2_000_000).Select(i => $"\"{i}\":1"));
        IsRefusedWithinBounds(WithEpochs($$"""{"Phase":"a","Epoch":1,"Losses":{{{losses}}},"TotalLoss":1,"EvaluationLoss":null,"Seconds":1}"""), "more values");
    }

    [TestMethod]
    public void Read_OptionsOfManyMegabytes_StayWithinTheBound()
    {
        var options = TinyModel.Trained.Entries[TinyModel.Options];
        Forgery.Loads(TinyModel.Trained.With(TinyModel.Options, [.. Enumerable.Repeat((byte)' ', 30_000_000), .. options]));
        IsRefusedWithinBounds(TinyModel.Trained.With(TinyModel.Options, Encoding.UTF8.GetBytes(new string('[', 100_000))), "Options.json is damaged");
        var keys = string.Join(',', Enumerable.Range(0, 1_000_000).Select(i => $"\"k{i}\":0"));
        IsRefusedWithinBounds(TinyModel.Trained.With(TinyModel.Options, Encoding.UTF8.GetBytes("{" + keys + "}")), "more values");
        var name = new string('x', 20_000_000);
        IsRefusedWithinBounds(TinyModel.Trained.With(TinyModel.Options, o => o["Method"] = name), "is not one of");
        IsRefusedWithinBounds(TinyModel.Trained.With(TinyModel.Options, o => o["Options"]!["Network"] = name), "Options.json is damaged");
    }

    private void IsRefusedWithinBounds(Dictionary<string, byte[]> entries, string reason)
    {
        var bound = 4 * Size(entries) + Free;
        var tensors = NativeTensors.Live;
        var before = GC.GetAllocatedBytesForCurrentThread();
        using (AddressSpace.LimitTo(bound))
            Forgery.IsRefused(entries, reason);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        TestContext.WriteLine($"COUNT file of {Size(entries)} bytes: {allocated} allocated");
        Assert.IsLessThan(bound, allocated);
        Assert.IsLessThanOrEqualTo(tensors, NativeTensors.Live, "networks were made");
    }

    private static long Size(Dictionary<string, byte[]> entries) => entries.Sum(e => (long)e.Value.Length);

    private static Dictionary<string, byte[]> WithEpochs(string epochs) => TinyModel.Trained.With(
        TinyModel.History,
        Encoding.UTF8.GetBytes($$"""{"Runs":[{"Seed":1,"LowestLoss":1,"BestEpoch":1,"Epochs":[{{epochs}}],"Failure":null}],"BestRunIndex":0}"""));

    // The entries of a model of flat vectors whose weights are as its networks are made.
    private static Dictionary<string, byte[]> Untrained(string method, int features)
    {
        var options = TestMethods.Options(method);
        var shape = new InputShape([features]);
        var history = new TrainingHistory([new RunRecord(1, 0, 0, [], null)], 0);
        using var model = new TrainedModel(options, shape, options.CreateMethod(shape), history, torch.CPU);
        return ModelFile.Write(model).ToDictionary(e => e.Name, e => e.Content);
    }

    private static void Change(Dictionary<string, byte[]> entries, Action<JsonNode> change)
    {
        var node = JsonNode.Parse(entries[TinyModel.Options])!;
        change(node);
        entries[TinyModel.Options] = Encoding.UTF8.GetBytes(node.ToJsonString());
        TinyModel.Sealed(entries);
    }
}
