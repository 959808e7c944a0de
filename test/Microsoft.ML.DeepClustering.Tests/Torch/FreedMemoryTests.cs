using System.Runtime.InteropServices;

namespace Microsoft.ML.DeepClustering.Tests.Torch;

[TestClass]
public sealed class FreedMemoryTests
{
    [TestMethod]
    public void IsKept_OfTheCLibrary_IsTrueForGlibcAlone()
    {
        var isGlibc = OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out var library) && NativeLibrary.TryGetExport(library, "gnu_get_libc_version", out _);
        Assert.AreEqual(isGlibc, FreedMemory.IsKept);
        FreedMemory.GiveBack();
    }
}
