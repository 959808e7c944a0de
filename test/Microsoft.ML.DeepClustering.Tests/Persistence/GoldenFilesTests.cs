using Microsoft.ML.DeepClustering.Checkpoints;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Persistence;
using Microsoft.ML.DeepClustering.Tests.Documentation;
using TorchSharp;

namespace Microsoft.ML.DeepClustering.Tests.Persistence;

/// <summary>
/// Files that version 0.1.0 wrote by JSON serializers of reflection: they load, and what is written today is the same byte for byte. The options
/// of format 1 have other names and places of some values; those of format 2 have the same values, renamed outside of the library. Methods that came later have a file of format 2 alone.
/// </summary>
[TestClass]
public sealed class GoldenFilesTests
{
    /// <summary>The methods of version 0.1.0.</summary>
    internal static IEnumerable<string> FormerMethods => Directory.EnumerateFiles(Path.Combine(Folder, "Format1"), "*.Options.json").Select(f => Path.GetFileName(f).Split('.')[0]);

    internal static string Folder => Path.Combine(ReadmeTests.Root, "test", "Microsoft.ML.DeepClustering.Tests", "Persistence", "Golden");

    [TestMethod]
    public void OptionTypes_OfTheAssembly_AreListedAndHaveAGeneratedSerializer()
    {
        var types = typeof(DeepClusteringOptions).Assembly.GetTypes().Where(t => !t.IsAbstract && t.IsSubclassOf(typeof(DeepClusteringOptions))).ToArray();
        CollectionAssert.AreEquivalent(types, MethodNames.OptionTypes.Values.ToArray());
        foreach (var type in types)
            Assert.IsNotNull(EntryJsonContext.Default.GetTypeInfo(type), type.Name);
    }

    [TestMethod]
    public void Options_OfEveryMethod_AreReadAndWrittenAsBefore()
    {
        foreach (var method in MethodNames.OptionTypes.Keys)
        {
            var golden = Golden("Format2", method);
            var (options, shape, hash) = OptionsEntry.Read(golden);
            Assert.AreEqual(method, options.MethodName);
            Assert.AreEqual(new ImageShape(2, 8, 8, Interleaved: true), options.ImageShape);
            CollectionAssert.AreEqual(golden, OptionsEntry.Write(options, shape, hash), method);
        }
    }

    [TestMethod]
    public void Options_OfTheFormerFormat_HaveTheSameValuesByTheirPresentNames()
    {
        foreach (var method in FormerMethods)
        {
            var (options, shape, hash) = OptionsEntry.Read(Golden("Format1", method));
            // The one length that the former file does not have; open or 0 is the same for this method.
            options.NumberOfEpochs ??= 0;
            CollectionAssert.AreEqual(Golden("Format2", method), OptionsEntry.Write(options, shape, hash), method);
        }
    }

    [TestMethod]
    public void History_WithEverythingRecorded_IsReadAndWrittenAsBefore()
    {
        var golden = File.ReadAllBytes(Path.Combine(Folder, "History.json"));
        var history = HistoryEntry.Read(golden);
        Assert.AreEqual("the loss became NaN", history.Runs[0].Failure);
        Assert.AreEqual(int.MinValue, history.BestRun.Seed);
        var (first, second) = (history.BestRun.Epochs[0], history.BestRun.Epochs[1]);
        Assert.AreEqual((double.PositiveInfinity, null, 1.0 / 3), (first.TotalLoss, first.EvaluationLoss, first.Quantities!["critic"]));
        Assert.IsTrue(double.IsNaN(first.Losses["interpolation"]));
        Assert.IsTrue(second.HasCollapsed);
        Assert.AreEqual(new EpochMismatch(-0.5, 0.25), second.Mismatch);
        Assert.HasCount(Enum.GetValues<PerformanceMeasure>().Length, second.Performance!);
        CollectionAssert.AreEqual(golden, HistoryEntry.Write(history));
    }

    [TestMethod]
    public void Checkpoint_OfFormerVersion_IsReadAndWrittenAsBefore()
    {
        var golden = Path.Combine(Folder, "checkpoint.zip");
        var checkpoint = CheckpointFile.Read(golden);
        Assert.AreEqual(0.5, checkpoint.Header.Current!.Kept.Loss);
        Assert.AreEqual("Idec", checkpoint.Header.Training.Method);
        var copy = Path.GetTempFileName();
        try
        {
            using var scope = torch.NewDisposeScope();
            CheckpointFile.Write(copy, checkpoint.Header, checkpoint.Make("").ToDictionary());
            foreach (var entry in (string[])["Checkpoint.json", "Tensors.safetensors"])
                CollectionAssert.AreEqual(Entry(golden, entry), Entry(copy, entry), entry);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    [TestMethod]
    public void Model_OfFormerVersion_IsLoaded()
    {
        using var model = TinyModel.Load(File.ReadAllBytes(Path.Combine(Folder, "zeroed-model.zip")));
        Assert.AreEqual("Ddc", model.Method);
        TinyModel.Score(model.Trained);
    }

    private static byte[] Golden(string format, string method) => File.ReadAllBytes(Path.Combine(Folder, format, method + ".Options.json"));

    private static byte[] Entry(string zip, string name)
    {
        using var archive = System.IO.Compression.ZipFile.OpenRead(zip);
        using var stream = archive.GetEntry(name)!.Open();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
