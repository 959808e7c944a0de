using System.Reflection;
using System.Text;
using Microsoft.ML.DeepClustering.Tests.Persistence;
using Microsoft.ML.DeepClustering.Tests.Processes;
using TorchSharp;

namespace Microsoft.ML.DeepClustering.Tests.Torch;

/// <summary>A program whose libtorch is missing, broken or of another version is told so in one sentence, in training and in loading.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class BrokenLibraryTests
{
    private const string Library = "libLibTorchSharp.so";
    private const string Missing = "libtorch, the native library that TorchSharp computes with, could not be loaded; ";
    private const string Unloadable = "libtorch, the native library that TorchSharp computes with, could not be loaded (";
    private const string Unfit = "libtorch, the native library that TorchSharp computes with, is of another version than TorchSharp; ";
    private const string Package = "add the package TorchSharp-cpu, or TorchSharp-cuda-linux or TorchSharp-cuda-windows for a GPU, in version ";

    // Larger files of the program are linked to and not copied.
    private const long LargestCopy = 4 << 20;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deep-clustering-");

    [TestInitialize]
    public void CopyProgram()
    {
        foreach (var file in new DirectoryInfo(AppContext.BaseDirectory).GetFiles())
        {
            var copy = Path.Combine(_folder.FullName, file.Name);
            if (file.Length <= LargestCopy)
                file.CopyTo(copy);
            else
                File.CreateSymbolicLink(copy, file.FullName);
        }

        File.WriteAllBytes(Model, TinyModel.Trained.Zip);
    }

    [TestCleanup]
    public void Clean() => _folder.Delete(recursive: true);

    private string Model => Path.Combine(_folder.FullName, "model.zip");

    private string Native => Path.Combine(_folder.FullName, Library);

    [TestMethod]
    public void Run_SoundLibrary_Succeeds()
    {
        Assert.AreEqual((0, ""), Run("fit"));
        Assert.AreEqual((0, ""), Run("load", Model));
    }

    [TestMethod]
    public void Run_LibraryAbsent_SaysWhichPackageToAdd()
    {
        File.Delete(Native);
        FailsWith(Missing, Package);
    }

    [TestMethod]
    public void Run_LibraryThatItNeedsIsAbsent_SaysWhichPackageToAdd()
    {
        File.Delete(Path.Combine(_folder.FullName, "libtorch_cpu.so"));
        FailsWith(Missing, Package);
    }

    [TestMethod]
    public void Run_LibraryIsAText_SaysThatTheFileIsDamaged()
    {
        File.WriteAllText(Native, "version https://git-lfs.github.com/spec/v1");
        FailsWith(Unloadable, "file too short", "the file is damaged", "restore its packages anew");
        File.WriteAllText(Native, new string('x', 5000));
        FailsWith(Unloadable, "invalid ELF header", "the file is damaged", "restore its packages anew");
    }

    [TestMethod]
    public void Run_LibraryIsCutShort_SaysThatTheFileIsDamaged()
    {
        File.WriteAllBytes(Native, File.ReadAllBytes(Native)[..500]);
        FailsWith(Unloadable, $"{Library}: cannot read file data", "the file is damaged", "restore its packages anew");
    }

    [TestMethod]
    public void Run_LibraryOfANewerSystem_SaysWhichVersionIsMissingAndWhereItIs()
    {
        var packages = typeof(BrokenLibraryTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "NuGetPackageRoot").Value!;
        var unchanged = Path.Combine(packages, "torchsharp", typeof(torch).Assembly.GetName().Version!.ToString(3), "runtimes", "linux-x64", "native", Library);
        if (!File.Exists(unchanged) || File.ReadAllBytes(unchanged).AsSpan().SequenceEqual(File.ReadAllBytes(Native)))
            Assert.Inconclusive("The libstdc++ of this system has all versions that the library asks for, or the package of the library is not kept.");
        File.Copy(unchanged, Native, overwrite: true);
        FailsWith(Unloadable, "libstdc++.so.6: version `GLIBCXX_3.4.32' not found", "a system whose libstdc++.so.6 is newer: Debian 13, Ubuntu 24.04 or later");
    }

    [TestMethod]
    public void Run_AnotherLibraryUnderItsName_SaysThatTheVersionsDiffer()
    {
        File.Copy(Path.Combine(_folder.FullName, "libc10.so"), Native, overwrite: true);
        FailsWith(Unfit, Package);
    }

    [TestMethod]
    [DataRow("THSTorch_get_num_threads")]
    [DataRow("THSTensor_empty")]
    public void Run_LibraryThatLacksAFunction_SaysThatTheVersionsDiffer(string function)
    {
        Rename(function, "XX" + function[2..]);
        FailsWith(Unfit, Package);
    }

    private void FailsWith(string start, params string[] parts)
    {
        foreach (var arguments in (string[][])[["fit"], ["load", Model]])
        {
            var (code, output) = Run(arguments);
            Assert.AreEqual(1, code, output);
            var lines = output.Split('\n');
            Assert.AreEqual(nameof(InvalidOperationException), lines[^2], output);
            StringAssert.StartsWith(lines[^1], start, output);
            foreach (var part in parts)
                StringAssert.Contains(lines[^1], part, output);
            Assert.AreEqual(parts[0] == Package, lines[^1].Contains("add the package", StringComparison.Ordinal), output);
        }
    }

    // Names of the same length keep the layout of the file.
    private void Rename(string from, string to)
    {
        var bytes = File.ReadAllBytes(Native);
        var place = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes($"\0{from}\0"));
        Assert.IsGreaterThan(0, place);
        Encoding.ASCII.GetBytes(to).CopyTo(bytes, place + 1);
        File.WriteAllBytes(Native, bytes);
    }

    // TorchSharp looks for a library that the program lacks in NuGet's cache too, which a user's machine need not have.
    private (int Code, string Output) Run(params string[] arguments)
        => ChildProcess.Finish("fault", arguments, _folder.FullName, new Dictionary<string, string> { ["NUGET_PACKAGES"] = Path.Combine(_folder.FullName, "none") });
}
