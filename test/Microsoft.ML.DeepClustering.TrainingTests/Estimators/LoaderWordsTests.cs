namespace Microsoft.ML.DeepClustering.Tests.Estimators;

/// <summary>What loaders of several systems say, and the remedy that follows.</summary>
[TestClass]
public sealed class LoaderWordsTests
{
    private const string Tried = "Unable to load shared library 'LibTorchSharp' or one of its dependencies.\n";

    [TestMethod]
    [DataRow("/lib/x86_64-linux-gnu/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by /app/libLibTorchSharp.so)", "libstdc++.so.6 is newer")]
    [DataRow("/lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.38' not found (required by /app/libtorch_cpu.so)", "libc.so.6 is newer")]
    [DataRow("/app/libLibTorchSharp.so: file too short", "restore its packages anew")]
    [DataRow("/app/libLibTorchSharp.so: invalid ELF header", "restore its packages anew")]
    [DataRow("/app/libLibTorchSharp.so: undefined symbol: _ZN5torch3nn", "versions of TorchSharp")]
    [DataRow("libgomp.so.1: cannot open shared object file: No such file or directory", "install the package of the system that has libgomp.so.1")]
    public void Find_LoaderThatNamesTheCause_SaysItWithTheRemedy(string line, string remedy)
    {
        var words = LoaderWords.Find($"{Tried}/app/LibTorchSharp.so: cannot open shared object file: No such file or directory\n{line}\nlibLibTorchSharp: cannot open shared object file: No such file or directory\n")!;
        Assert.AreEqual(line, words.Text);
        StringAssert.Contains(words.Remedy, remedy);
    }

    [TestMethod]
    [DataRow("/app/libLibTorchSharp.so: cannot open shared object file: No such file or directory")]
    [DataRow("libtorch_cpu.so: cannot open shared object file: No such file or directory")]
    [DataRow("libc10.so: cannot open shared object file: No such file or directory")]
    [DataRow("libgomp-98b21ff3.so.1: cannot open shared object file: No such file or directory")]
    [DataRow("The specified module could not be found. (0x8007007E)")]
    [DataRow("")]
    public void Find_LibraryThatIsNotThere_HasNothingToAdd(string line) => Assert.IsNull(LoaderWords.Find(Tried + line));
}
