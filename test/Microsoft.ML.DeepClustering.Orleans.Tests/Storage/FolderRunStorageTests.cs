namespace Microsoft.ML.DeepClustering.Orleans.Tests.Storage;

/// <summary>A folder as storage.</summary>
[TestClass]
public sealed class FolderRunStorageTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deep-clustering-storage-");

    [TestCleanup]
    public void Delete() => _folder.Delete(recursive: true);

    [TestMethod]
    public async Task Store_ThenFetch_GivesTheFileAndLeavesNothingElse()
    {
        var storage = new FolderRunStorage(Directory.CreateDirectory(PathOf("storage")).FullName);
        var (source, copy) = (PathOf("source"), PathOf("copy"));
        foreach (var content in new[] { "first", "second" })
        {
            File.WriteAllText(source, content);
            await storage.StoreAsync("runs/a.finished", source, CancellationToken.None);
            Assert.IsTrue(await storage.FetchAsync("runs/a.finished", copy, CancellationToken.None));
            Assert.AreEqual(content, File.ReadAllText(copy));
        }

        CollectionAssert.AreEqual(new[] { PathOf("storage/runs/a.finished") }, Directory.GetFiles(storage.Path, "*", SearchOption.AllDirectories));
        await storage.DeleteAsync("runs/a.finished", CancellationToken.None);
        await storage.DeleteAsync("runs/a.finished", CancellationToken.None);
        Assert.IsFalse(await storage.ExistsAsync("runs/a.finished", CancellationToken.None));
        Assert.IsFalse(await storage.FetchAsync("runs/a.finished", copy, CancellationToken.None));
        Assert.IsFalse(await storage.FetchAsync("none/b", copy, CancellationToken.None));
    }

    [TestMethod]
    public async Task Store_FolderIsMissing_SaysSoAndDoesNotCreateIt()
    {
        var storage = new FolderRunStorage(PathOf("missing"));
        File.WriteAllText(PathOf("source"), "");
        var fault = await Assert.ThrowsExactlyAsync<IOException>(() => storage.StoreAsync("data/a", PathOf("source"), CancellationToken.None));
        Assert.AreEqual($"The storage {PathOf("missing")} does not exist; create the folder, or mount it.", fault.Message);
        Assert.IsFalse(Directory.Exists(PathOf("missing")));
    }

    [TestMethod]
    public async Task Store_Cancelled_LeavesTheOlderFile()
    {
        var storage = new FolderRunStorage(_folder.FullName);
        File.WriteAllText(PathOf("source"), "new");
        File.WriteAllText(PathOf("target"), "old");
        await Assert.ThrowsAsync<OperationCanceledException>(() => storage.StoreAsync("target", PathOf("source"), new CancellationToken(canceled: true)));
        Assert.AreEqual("old", File.ReadAllText(PathOf("target")));
        Assert.HasCount(2, _folder.GetFiles());
    }

    [TestMethod]
    public void Address_OfAFolder_OpensItAndOfAnotherKindDoesNot()
    {
        Assert.IsTrue(FolderRunStorage.TryOpen(new FolderRunStorage(PathOf("with blank")).Address, out var opened));
        Assert.AreEqual(PathOf("with blank"), opened.Path);
        Assert.AreEqual("trainings", new FolderRunStorage(_folder.FullName, "trainings").Address);
        Assert.IsFalse(FolderRunStorage.TryOpen("trainings", out _));
        Assert.IsFalse(FolderRunStorage.TryOpen("s3://bucket/folder", out _));
        Assert.ThrowsExactly<ArgumentException>(() => new FolderRunStorage(""));
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
