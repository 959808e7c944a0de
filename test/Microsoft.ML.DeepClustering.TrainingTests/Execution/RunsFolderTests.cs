using Microsoft.ML.DeepClustering.Execution;
using Microsoft.ML.DeepClustering.Persistence;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Execution;

/// <summary>Where the data and the checkpoints of runs elsewhere lie, and what becomes of them.</summary>
[TestClass]
public sealed class RunsFolderTests
{
    [TestMethod]
    public void Create_FoldersOfOthers_DeletesThoseOfProcessesThatAreGone()
    {
        // As a process that was killed leaves it: the system has let go of its lock.
        var left = Directory.CreateTempSubdirectory("deep-clustering-runs-").FullName;
        File.WriteAllText(Path.Combine(left, "lock"), "");
        File.WriteAllText(Path.Combine(left, "data.safetensors"), "rows");
        // One that is being made has no lock yet.
        var begun = Directory.CreateTempSubdirectory("deep-clustering-runs-").FullName;
        try
        {
            using var living = new RunsFolder();
            Assert.IsFalse(Directory.Exists(left));
            Assert.IsTrue(Directory.Exists(begun));
            using (var other = new RunsFolder())
                Assert.AreNotEqual(living.Path, other.Path);
            Assert.IsTrue(Directory.Exists(living.Path));
            living.Dispose();
            Assert.IsFalse(Directory.Exists(living.Path));
        }
        finally
        {
            Directory.Delete(begun);
        }
    }

    [TestMethod]
    [DataRow(false, DisplayName = "somebody has deleted it")]
    [DataRow(true, DisplayName = "it cannot be deleted as a folder")]
    public void TryDeleteFolder_FolderThatCannotBeDeleted_HidesNothing(bool isFile)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("runs");
        if (isFile)
            File.WriteAllText(path, "");
        Deletion.TryDeleteFolder(path);
        Assert.AreEqual(isFile, File.Exists(path));
    }

    [TestMethod]
    public void TryDeleteFolder_FolderWithinThatStays_KeepsTheLastFile()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("The file is kept by the mode of its folder, which Windows has not.");
            return;
        }

        using var folder = new TemporaryFolder();
        var runs = folder.File("runs");
        var children = Directory.CreateDirectory(Path.Combine(runs, "children"));
        File.WriteAllText(Path.Combine(children.FullName, "a.checkpoint"), "");
        File.WriteAllText(Path.Combine(runs, "data"), "");
        File.WriteAllText(Path.Combine(runs, "lock"), "");
        File.SetUnixFileMode(children.FullName, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            Deletion.TryDeleteFolder(runs, last: "lock");
            if (!Directory.Exists(runs))
                Assert.Inconclusive("The user may delete everything.");
            Assert.IsTrue(File.Exists(Path.Combine(runs, "lock")));
        }
        finally
        {
            if (Directory.Exists(children.FullName))
                File.SetUnixFileMode(children.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Deletion.TryDeleteFolder(runs, last: "lock");
        Assert.IsFalse(Directory.Exists(runs));
    }

    [TestMethod]
    public void Fit_FolderThatIsAFile_NamesTheOption()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("runs");
        File.WriteAllText(file, "");
        var error = Assert.ThrowsExactly<IOException>(() => RunTrainings.Train(RunTrainings.Idec(), new ChildProcessExecutor { Folder = file }));
        StringAssert.Contains(error.Message, $"Folder is {file}, which is no folder that can be written to");
        StringAssert.Contains(error.Message, "name another, or null for a temporary one");
    }
}
