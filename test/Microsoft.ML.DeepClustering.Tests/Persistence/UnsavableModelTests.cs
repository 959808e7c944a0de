using Microsoft.ML.DeepClustering.Checkpoints;
using Microsoft.ML.DeepClustering.Tests.Support;
using TorchSharp;

namespace Microsoft.ML.DeepClustering.Tests.Persistence;

/// <summary>A model or checkpoint that cannot be whole is refused before a byte of it is written.</summary>
[TestClass]
public sealed class UnsavableModelTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deep-clustering-");
    private readonly MLContext _ml = new(seed: 1);

    private string Target => Path.Combine(_folder.FullName, "model.zip");

    [TestCleanup]
    public void Clean() => _folder.Delete(recursive: true);

    [TestMethod]
    public void Save_FreedTensor_IsRefusedBeforeTheFirstByte()
    {
        using var model = Load();
        var (name, tensor) = model.Trained.Method.named_parameters().OrderBy(p => p.name, StringComparer.Ordinal).First();
        tensor.Dispose();
        Refused(model, "tensors, " + name + " first, have been freed outside the library", "train or load the model again");
    }

    [TestMethod]
    [DataRow(float.NaN)]
    [DataRow(float.PositiveInfinity)]
    public void Save_WeightThatIsNotFinite_IsRefusedBeforeTheFirstByte(float value)
    {
        using var model = Load();
        var (name, tensor) = model.Trained.Method.named_parameters().First();
        using (torch.no_grad())
            tensor.SetTo(value);
        Refused(model, $"tensor {name} has values that are NaN or infinite");
    }

    [TestMethod]
    public void Write_CheckpointOfAFreedTensor_LeavesTheOldFile()
    {
        var golden = CheckpointFile.Read(Path.Combine(GoldenFilesTests.Folder, "checkpoint.zip"));
        File.WriteAllBytes(Target, [7]);
        using var alive = torch.zeros(2);
        var freed = torch.zeros(2);
        freed.Dispose();
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => CheckpointFile.Write(Target, golden.Header, new Dictionary<string, torch.Tensor> { ["a"] = alive, ["b"] = freed }));
        StringAssert.StartsWith(error.Message, "1 of 2 tensors, b first,");
        CollectionAssert.AreEqual(new byte[] { 7 }, File.ReadAllBytes(Target));
        Assert.HasCount(1, _folder.GetFiles());
    }

    // In a chain the transformers before it are written already; its own directory must have nothing.
    private void Refused(DeepClusteringTransformer model, params string[] parts)
    {
        var schema = TestRows.View(_ml, TestRows.Make(3), images: true).Schema;
        File.WriteAllBytes(Target, [7]);
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => _ml.Model.SaveAtomically(model, schema, Target));
        foreach (var part in parts)
            StringAssert.Contains(error.Message, part);
        CollectionAssert.AreEqual(new byte[] { 7 }, File.ReadAllBytes(Target));
        Assert.HasCount(1, _folder.GetFiles());
        using var stream = new MemoryStream();
        Assert.ThrowsExactly<InvalidOperationException>(() => _ml.Model.Save(model, schema, stream));
        using var zip = new System.IO.Compression.ZipArchive(stream);
        Assert.IsFalse(zip.Entries.Any(e => e.FullName.Contains("TransformerChain", StringComparison.Ordinal) && e.Length > 0), string.Join(' ', zip.Entries));
    }

    private static DeepClusteringTransformer Load() => TinyModel.Load(TinyModel.Trained.Zip);
}
