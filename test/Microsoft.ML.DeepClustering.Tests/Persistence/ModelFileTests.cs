using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Persistence;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Persistence;

[TestClass]
public sealed class ModelFileTests
{
    private static readonly MLContext _ml = new(seed: 1);
    private static byte[] _file = [];

    [ClassInitialize]
    public static void Train(TestContext context)
    {
        using var model = TestMethods.Trainer(_ml, "DdcUco").Fit(View());
        using var stream = new MemoryStream();
        _ml.Model.Save(model, View().Schema, stream);
        _file = stream.ToArray();
    }

    [TestMethod]
    public void Save_Entries_AreThoseOfAnMLNetModel()
    {
        using var zip = new ZipArchive(new MemoryStream(_file));
        var names = zip.Entries.Select(e => e.FullName.Replace('\\', '/')).ToArray();
        string[] expected =
        [
            "TrainingInfo/Version.txt", "Schema", "TransformerChain/Model.key",
            "TransformerChain/Options.json", "TransformerChain/Weights.safetensors", "TransformerChain/History.json", "TransformerChain/Checksums.json",
        ];
        foreach (var name in expected)
            CollectionAssert.Contains(names, name);
        using var key = zip.Entries.Single(e => e.FullName.Replace('\\', '/') == "TransformerChain/Model.key").Open();
        var header = new byte[256];
        key.ReadExactly(header);
        Assert.AreEqual("ML\0MODEL", Encoding.ASCII.GetString(header, 0, 8));
        Assert.AreEqual("DEEPCLUS", Encoding.ASCII.GetString(header, 0x40, 8));
        Assert.AreEqual("DeepClusteringTransform", Encoding.ASCII.GetString(header, 0x50, 24).TrimEnd('\0'));
    }

    [TestMethod]
    public void Load_SavedModel_KeepsOptionsAndHistory()
    {
        using var loaded = Load(_file);
        Assert.AreEqual("DdcUco", loaded.Method);
        Assert.AreEqual(2, loaded.History.BestRun.Epochs.Count);
        Assert.AreEqual(5, loaded.History.BestRun.Seed);
        CollectionAssert.AreEqual(
            new[] { "separation", "orthogonality", "corners", "companion/1", "companion/2" }, loaded.History.BestRun.Epochs[0].Losses.Keys.ToArray());
        var options = (DdcUcoOptions)loaded.Trained.Options;
        Assert.AreEqual(CompanionKernel.Tensor, options.Companion.Kernel);
        Assert.AreEqual(20, options.BatchSize);
    }

    [TestMethod]
    [DataRow("Options.json")]
    [DataRow("Weights.safetensors")]
    [DataRow("History.json")]
    public void Load_MissingEntry_NamesIt(string entry) => Fails(_ => null, entry, "has no entry " + entry);

    [TestMethod]
    [DataRow("Options.json")]
    [DataRow("Weights.safetensors")]
    [DataRow("History.json")]
    public void Load_TruncatedEntry_NamesIt(string entry) => Fails(content => content[..(content.Length / 2)], entry, $"entry {entry} is damaged");

    [TestMethod]
    [DataRow("Options.json")]
    [DataRow("Weights.safetensors")]
    [DataRow("History.json")]
    public void Load_EmptyEntry_NamesIt(string entry) => Fails(_ => [], entry, $"entry {entry} is damaged");

    [TestMethod]
    public void Load_OneChangedWeight_IsNoticed() => Fails(
        content =>
        {
            content[^5] ^= 1;
            return content;
        },
        "Weights.safetensors",
        "entry Weights.safetensors is damaged", "SHA-256");

    [TestMethod]
    public void Load_NewerFormat_AsksForAnUpdate() => FailsWith(o => o["Format"] = 4, "format 4", "reads up to 3", "update the package");

    [TestMethod]
    public void Write_OptionsThatFormerReadersDoNotKnow_HaveTheNewestFormat()
    {
        Assert.AreEqual(2, FormatOf(new DecOptions()));
        Assert.AreEqual(2, FormatOf(new DdcOptions()));
        Assert.AreEqual(3, FormatOf(new DecOptions { NegativeSlope = 0.01 }));
        Assert.AreEqual(3, FormatOf(new DdcOptions { Initialization = WeightInitialization.PyTorch }));
        Assert.AreEqual(3, FormatOf(new DdcOptions { Normalization = NormalizationConstants.Keras }));
        Assert.AreEqual(3, FormatOf(new IdecOptions { Augmentation = new() { Fill = AugmentationFill.Minimum } }));

        static int FormatOf(DeepClusteringOptions options)
            => (int)JsonNode.Parse(OptionsEntry.Write(options, new InputShape([3]), ""))!["Format"]!;
    }

    [TestMethod]
    public void Load_UnknownMethod_NamesThoseThatAreKnown() => FailsWith(o => o["Method"] = "Dream", "method 'Dream'", string.Join(", ", MethodNames.OptionTypes.Keys));

    [TestMethod]
    public void Read_OptionsByWhichClustersDie_AreRefused()
    {
        var content = OptionsEntry.Write(new DcnOptions { Unseen = new() }, new InputShape([3]), "");
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => OptionsEntry.Read(content)).Message, "Unseen is set, and the clusters of a model do not die");
    }

    [TestMethod]
    public void Load_SizesOutOfProportion_AsksForNoMemory()
    {
        FailsWith(o => o["Shape"] = new JsonArray(1, 40000, 40000), "do not fit");
        FailsWith(o => o["Shape"] = new JsonArray(1, 4000000, 4000000), "shape of a sample");
        FailsWith(o => o["Shape"] = new JsonArray(1, -4, 4), "shape of a sample");
        FailsWith(o => o["Options"]!["NumberOfClusters"] = 2000000000, "do not fit");
    }

    [TestMethod]
    public void Load_OptionsOutOfRange_SaysWhich()
    {
        FailsWith(o => o["Options"]!["NumberOfClusters"] = 1, "NumberOfClusters is 1");
        FailsWith(o => o["Options"]!["Companion"]!["Kernel"] = "Velvet", "Options.json is damaged");
        FailsWith(o => o["Options"] = null, "Options.json is damaged");
    }

    [TestMethod]
    public void Load_OtherWeights_NamesTheTensor()
        => FailsWith(o => o["Options"]!["NumberOfClusters"] = 4, "Weights.safetensors is damaged", "clustering.output");

    [TestMethod]
    public void Load_TruncatedFile_Throws()
    {
        foreach (var length in new[] { 0, 10, _file.Length / 2, _file.Length - 1 })
            Assert.Throws<Exception>(() => Load(_file[..length]).Dispose(), $"{length} bytes");
    }

    [TestMethod]
    public void SaveAtomically_FailureWhileWriting_LeavesTheOldFile()
    {
        var folder = Directory.CreateTempSubdirectory("deep-clustering-");
        try
        {
            var path = Path.Combine(folder.FullName, "model.zip");
            File.WriteAllBytes(path, _file);
            var model = Load(_file);
            model.Dispose();
            Assert.Throws<ObjectDisposedException>(() => _ml.Model.SaveAtomically(model, View().Schema, path));
            CollectionAssert.AreEqual(_file, File.ReadAllBytes(path));
            Assert.HasCount(1, folder.GetFiles());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [TestMethod]
    public void SaveAtomically_MissingFolder_NamesTheTarget()
    {
        using var model = Load(_file);
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "model.zip");
        var error = Assert.ThrowsExactly<DirectoryNotFoundException>(() => _ml.Model.SaveAtomically(model, View().Schema, path));
        StringAssert.Contains(error.Message, path);
    }

    private static IDataView View() => TestRows.View(_ml, TestRows.Make(60), images: true);

    private static DeepClusteringTransformer Load(byte[] file)
        => (DeepClusteringTransformer)new MLContext().Model.Load(new MemoryStream(file), out _);

    private static void FailsWith(Action<JsonNode> change, params string[] parts) => Fails(
        content =>
        {
            var node = JsonNode.Parse(content)!;
            change(node);
            return Encoding.UTF8.GetBytes(node.ToJsonString());
        },
        "Options.json",
        parts);

    // Changes one entry (null removes it) and expects an error whose innermost cause has these parts.
    private static void Fails(Func<byte[], byte[]?> change, string entry, params string[] parts)
    {
        using var copy = new MemoryStream();
        copy.Write(_file);
        using (var zip = new ZipArchive(copy, ZipArchiveMode.Update, leaveOpen: true))
        {
            var old = zip.Entries.Single(e => e.FullName.EndsWith(entry, StringComparison.Ordinal));
            using var content = new MemoryStream();
            using (var stream = old.Open())
                stream.CopyTo(content);
            var name = old.FullName;
            old.Delete();
            // Who changes an entry on purpose leaves the checksums out.
            zip.Entries.Single(e => e.FullName.EndsWith(TinyModel.Checksums, StringComparison.Ordinal)).Delete();
            if (change(content.ToArray()) is { } changed)
            {
                using var target = zip.CreateEntry(name).Open();
                target.Write(changed);
            }
        }

        var error = Assert.Throws<Exception>(() => Load(copy.ToArray()));
        while (error.InnerException != null)
            error = error.InnerException;
        foreach (var part in parts)
            StringAssert.Contains(error.Message, part);
        Assert.IsInstanceOfType<InvalidDataException>(error);
    }
}
