using Microsoft.ML.DeepClustering.Orleans.Storage;

namespace Microsoft.ML.DeepClustering.Orleans.Tests.Storage;

/// <summary>The checkpoints of runs in a storage.</summary>
[TestClass]
public sealed class RunFilesTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deep-clustering-storage-");

    [TestCleanup]
    public void Delete() => _folder.Delete(recursive: true);

    [TestMethod]
    [DataRow("")]
    [DataRow("a checkpoint")]
    public async Task Checkpoint_StoredAndFetched_IsTheSame(string content)
    {
        var files = Files();
        await files.StoreUnfinishedAsync("key", Write("local", content), CancellationToken.None);
        Assert.IsTrue(await files.TryFetchUnfinishedAsync("key", PathOf("copy"), CancellationToken.None));
        Assert.AreEqual(content, File.ReadAllText(PathOf("copy")));
        Assert.IsFalse(await files.TryFetchFinishedAsync("key", PathOf("copy"), CancellationToken.None));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(20)]
    [DataRow(43)]
    public async Task Checkpoint_Damaged_IsDeletedAndCountsAsNone(int at)
    {
        var files = Files();
        await files.StoreUnfinishedAsync("key", Write("local", "a checkpoint"), CancellationToken.None);
        var stored = PathOf("storage/runs/key.checkpoint");
        var bytes = File.ReadAllBytes(stored);
        bytes[at] ^= 1;
        File.WriteAllBytes(stored, bytes);
        Assert.IsFalse(await files.TryFetchUnfinishedAsync("key", PathOf("copy"), CancellationToken.None));
        Assert.IsFalse(File.Exists(PathOf("copy")));
        Assert.IsFalse(File.Exists(stored));
    }

    [TestMethod]
    public async Task Unfinished_OfARunThatHasEnded_IsNotStored()
    {
        var files = Files();
        await files.StoreUnfinishedAsync("key", Write("local", "half"), CancellationToken.None);
        await files.StoreFinishedAsync("key", Write("local", "whole"), CancellationToken.None);
        await files.StoreUnfinishedAsync("key", Write("local", "half"), CancellationToken.None);
        CollectionAssert.AreEqual(new[] { PathOf("storage/runs/key.finished") }, Directory.GetFiles(PathOf("storage/runs")));
        Assert.IsTrue(await files.TryFetchFinishedAsync("key", PathOf("copy"), CancellationToken.None));
        Assert.AreEqual("whole", File.ReadAllText(PathOf("copy")));
    }

    private RunFiles Files() => new(new FolderRunStorage(Directory.CreateDirectory(PathOf("storage")).FullName));

    private string Write(string name, string content)
    {
        File.WriteAllText(PathOf(name), content);
        return PathOf(name);
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
