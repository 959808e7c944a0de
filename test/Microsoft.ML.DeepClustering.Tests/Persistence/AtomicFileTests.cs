using Microsoft.ML.DeepClustering.Persistence;

namespace Microsoft.ML.DeepClustering.Tests.Persistence;

[TestClass]
public sealed class AtomicFileTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deep-clustering-");

    private string Target => Path.Combine(_folder.FullName, "model.zip");

    [TestCleanup]
    public void Clean() => _folder.Delete(recursive: true);

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Write_Content_IsTheWholeTargetAlone(bool replaces)
    {
        if (replaces)
            File.WriteAllBytes(Target, new byte[1000]);
        AtomicFile.Write(Target, stream => stream.Write([1, 2, 3]));
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3 }, File.ReadAllBytes(Target));
        Assert.HasCount(1, _folder.GetFiles());
    }

    [TestMethod]
    public void Write_UntilItIsDone_KeepsTheTargetAndWritesBesideIt()
    {
        File.WriteAllBytes(Target, [7]);
        AtomicFile.Write(Target, stream =>
        {
            stream.Write([1, 2, 3]);
            CollectionAssert.AreEqual(new byte[] { 7 }, File.ReadAllBytes(Target));
            var temporary = _folder.GetFiles().Single(f => f.Name != "model.zip").Name;
            StringAssert.StartsWith(temporary, ".model.zip.");
            StringAssert.EndsWith(temporary, ".tmp");
        });
    }

    [TestMethod]
    public void Write_Failure_KeepsTheTargetAndLeavesNothingElse()
    {
        File.WriteAllBytes(Target, [7]);
        Assert.ThrowsExactly<IOException>(() => AtomicFile.Write(Target, stream =>
        {
            stream.Write([1, 2, 3]);
            throw new IOException("The disk is full.");
        }));
        CollectionAssert.AreEqual(new byte[] { 7 }, File.ReadAllBytes(Target));
        Assert.HasCount(1, _folder.GetFiles());
    }

    [TestMethod]
    public void Write_TargetIsAFolder_ThrowsAndLeavesNothingElse()
    {
        Directory.CreateDirectory(Target);
        Assert.Throws<Exception>(() => AtomicFile.Write(Target, stream => stream.Write([1])));
        Assert.IsEmpty(_folder.GetFiles());
    }

    [TestMethod]
    public void Write_RelativePath_LiesInTheCurrentFolder()
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, Target);
        AtomicFile.Write(relative, stream => stream.Write([5]));
        CollectionAssert.AreEqual(new byte[] { 5 }, File.ReadAllBytes(Target));
    }

    [TestMethod]
    public void Write_TargetOfOneReader_StaysHisAlone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("Windows has no such modes.");
            return;
        }

        File.WriteAllBytes(Target, [7]);
        File.SetUnixFileMode(Target, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        AtomicFile.Write(Target, stream => stream.Write([1]));
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Target));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Write_TargetIsALink_WritesTheFileBehindIt(bool isThere)
    {
        if (OperatingSystem.IsWindows())
            Assert.Inconclusive("Links need rights of their own on Windows.");
        var real = Path.Combine(_folder.FullName, "real.zip");
        if (isThere)
            File.WriteAllBytes(real, [7]);
        File.CreateSymbolicLink(Target, real);
        AtomicFile.Write(Target, stream => stream.Write([1, 2]));
        CollectionAssert.AreEqual(new byte[] { 1, 2 }, File.ReadAllBytes(real));
        Assert.AreEqual(real, new FileInfo(Target).LinkTarget);
    }

    [TestMethod]
    public void Write_TargetOfOneReader_IsHisAloneWhileItIsWritten()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("Windows has no such modes.");
            return;
        }

        File.WriteAllBytes(Target, [7]);
        File.SetUnixFileMode(Target, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        AtomicFile.Write(Target, _ =>
        {
            foreach (var file in _folder.GetFiles())
                Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.UnixFileMode, file.Name);
        });
    }

    [TestMethod]
    public void Write_DiskInMemory_HasFiles()
    {
        if (!Directory.Exists("/dev/shm"))
            Assert.Inconclusive("This system has no such disk.");
        var path = $"/dev/shm/deep-clustering-{Guid.NewGuid():N}.zip";
        try
        {
            foreach (var value in new byte[] { 1, 2 })
            {
                AtomicFile.Write(path, stream => stream.Write([value]));
                CollectionAssert.AreEqual(new[] { value }, File.ReadAllBytes(path));
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [TestMethod]
    public void Write_TargetIsAPipe_IsRefusedAndThePipeStays()
    {
        if (OperatingSystem.IsWindows())
            Assert.Inconclusive("Windows has no pipes among files.");
        using (var made = System.Diagnostics.Process.Start("mkfifo", [Target]))
            made.WaitForExit();
        var error = Assert.ThrowsExactly<IOException>(() => AtomicFile.Write(Target, _ => Assert.Fail("It was written to.")));
        StringAssert.Contains(error.Message, "is a device or a pipe, not a file");
        using var pipe = new FileStream(Target, FileMode.Open, FileAccess.ReadWrite);
        Assert.IsFalse(pipe.CanSeek);
        Assert.HasCount(1, _folder.GetFileSystemInfos());
    }

    [TestMethod]
    public void Leftovers_OfALink_LieBesideItsTarget()
    {
        if (OperatingSystem.IsWindows())
            Assert.Inconclusive("Links need rights on Windows.");
        var folder = _folder.CreateSubdirectory("other");
        var link = Path.Combine(_folder.FullName, "link");
        File.CreateSymbolicLink(link, Path.Combine(folder.FullName, "file"));
        var left = Path.Combine(folder.FullName, $".file.{Guid.NewGuid():N}.tmp");
        File.WriteAllText(left, "");
        CollectionAssert.AreEqual(new[] { left }, AtomicFile.Leftovers(link).ToArray());
        folder.Delete(recursive: true);
        Assert.IsEmpty(AtomicFile.Leftovers(link));
    }

    [TestMethod]
    public void Write_TargetIsADevice_IsRefused()
    {
        if (OperatingSystem.IsWindows())
            Assert.Inconclusive("Windows has no devices among files.");
        Assert.ThrowsExactly<IOException>(() => AtomicFile.Write("/dev/null", _ => Assert.Fail("It was written to.")));
    }
}
