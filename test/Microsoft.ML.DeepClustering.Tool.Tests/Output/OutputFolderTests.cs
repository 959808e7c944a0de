using Microsoft.ML.DeepClustering.Tool.Output;
using Microsoft.ML.DeepClustering.Tool.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tool.Tests.Output;

/// <summary>All results get their places, or none.</summary>
[TestClass]
public sealed class OutputFolderTests
{
    private readonly Workspace _work = new();

    [TestCleanup]
    public void Delete() => _work.Dispose();

    [TestMethod]
    public void Commit_OverEarlierFiles_ReplacesAll()
    {
        _work.Write("out/a", "old");
        using (var folder = Staged("a", "b"))
            CollectionAssert.AreEqual(new[] { _work.PathOf("out/a"), _work.PathOf("out/b") }, folder.Commit().ToArray());
        Assert.AreEqual("new a, new b", $"{File.ReadAllText(_work.PathOf("out/a"))}, {File.ReadAllText(_work.PathOf("out/b"))}");
        Assert.AreEqual(3, _work.Entries().Length);
    }

    [TestMethod]
    public void Commit_FolderInAPlace_LeavesAllAsItWas()
    {
        _work.Write("out/a", "old");
        _work.Write("out/b/inner", "in the way");
        var before = _work.Entries();
        using (var folder = Staged("a", "b"))
            StringAssert.Contains(Assert.ThrowsExactly<ToolFault>(() => folder.Commit()).Message, "out/b is a folder");
        CollectionAssert.AreEqual(before, _work.Entries());
        Assert.AreEqual("old", File.ReadAllText(_work.PathOf("out/a")));
    }

    [TestMethod]
    public void PutBack_AfterAFailure_EarlierFilesReturn()
    {
        var (old, fresh) = (_work.Write("a", "old"), _work.PathOf("b"));
        using (var staging = new StagingFolder(_work.PathOf("")))
        {
            foreach (var (name, place) in new[] { ("a", old), ("b", fresh) })
            {
                File.WriteAllText(Path.Combine(staging.New, name), "new");
                staging.Replace(name, place);
            }

            staging.PutBack("b", fresh);
            staging.PutBack("a", old);
        }

        Assert.AreEqual("old", File.ReadAllText(old));
        CollectionAssert.AreEqual(new[] { old }, _work.Entries());
    }

    [TestMethod]
    public void Open_FoldersOfOtherProcesses_RemovesThoseThatNobodyHolds()
    {
        _work.Write("out/.deep-cluster-left/lock", "");
        _work.Write("out/.deep-cluster-left/new/model.zip", "half");
        using var working = Staged("a");
        using var other = OutputFolder.Open(_work.PathOf("out"));
        Assert.IsFalse(Directory.Exists(_work.PathOf("out/.deep-cluster-left")));
        Assert.AreEqual(1, working.Commit().Count);
    }

    private OutputFolder Staged(params string[] names)
    {
        var folder = OutputFolder.Open(_work.PathOf("out"));
        foreach (var name in names)
            File.WriteAllText(folder.Staged(name), $"new {name}");
        return folder;
    }
}
