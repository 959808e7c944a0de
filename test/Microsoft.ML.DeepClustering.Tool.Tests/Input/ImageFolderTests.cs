using System.Diagnostics;
using Microsoft.ML.DeepClustering.Tool.Input.Images;
using Microsoft.ML.DeepClustering.Tool.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tool.Tests.Input;

[TestClass]
public sealed class ImageFolderTests
{
    private readonly Workspace _work = new();

    [TestCleanup]
    public void Delete() => _work.Dispose();

    [TestMethod]
    public void Find_LinksToFoldersAndHiddenFolders_AreNotEntered()
    {
        var image = _work.Write("images/a/1.bmp", Drawn.Bitmap(1, false));
        _work.Write("images/.hidden/2.bmp", Drawn.Bitmap(2, false));
        Directory.CreateSymbolicLink(_work.PathOf("images/a/round.png"), _work.PathOf("images"));
        File.CreateSymbolicLink(_work.PathOf("images/link.bmp"), image);
        CollectionAssert.AreEqual(OperatingSystem.IsWindows() ? [image, _work.PathOf("images/link.bmp"), _work.PathOf("images/.hidden/2.bmp")] : new[] { image, _work.PathOf("images/link.bmp") }, ImageFolder.Find(_work.PathOf("images")));
        ImageFolder.Check(ImageFolder.Find(_work.PathOf("images")), CancellationToken.None);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    public void Check_Pipe_IsNamedAndNotWaitedFor()
    {
        var pipe = _work.PathOf("1.png");
        using (var process = Process.Start("mkfifo", pipe))
            process.WaitForExit();
        File.CreateSymbolicLink(_work.PathOf("2.png"), pipe);
        File.CreateSymbolicLink(_work.PathOf("3.png"), _work.PathOf("nothing"));
        foreach (var file in ImageFolder.Find(_work.PathOf("")))
            StringAssert.Contains(Assert.ThrowsExactly<ToolFault>(() => ImageFolder.Check([file], CancellationToken.None)).Message, $"{file} cannot be read as an image: it");
    }
}
