using System.Diagnostics;
using System.Reflection;
using System.Text;
using Microsoft.ML.DeepClustering.Tests.Persistence;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Estimators;

/// <summary>A program whose libtorch is missing, broken or of another version is told so in one sentence, in training and in loading.</summary>
[TestClass]
public sealed class BrokenLibraryTests
{
    private const string Library = "libtorchstandin.so";
    private const string Missing = "libtorch, the native library that TorchSharp computes with, could not be loaded;";
    private const string Unfit = "libtorch, the native library that TorchSharp computes with, is of another version than TorchSharp;";
    private const string Remedy = "add the package TorchSharp-cpu, or TorchSharp-cuda-linux or TorchSharp-cuda-windows for a GPU, in version ";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deep-clustering-");

    [TestInitialize]
    public void CopyProgram()
    {
        foreach (var file in new FileInfo(Program).Directory!.GetFiles())
            file.CopyTo(Path.Combine(_folder.FullName, file.Name));
        File.WriteAllBytes(Model, TinyModel.Trained.Zip);
    }

    [TestCleanup]
    public void Clean() => _folder.Delete(recursive: true);

    private static string Program => typeof(BrokenLibraryTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Faults").Value!;

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
        FailsWith(Missing);
    }

    [TestMethod]
    public void Run_LibraryIsAText_SaysWhichPackageToAdd()
    {
        File.WriteAllText(Native, "version https://git-lfs.github.com/spec/v1");
        FailsWith(Missing);
    }

    [TestMethod]
    public void Run_LibraryIsCutShort_SaysWhichPackageToAdd()
    {
        File.WriteAllBytes(Native, File.ReadAllBytes(Native)[..500]);
        FailsWith(Missing);
    }

    [TestMethod]
    public void Run_LibraryThatItNeedsIsAbsent_SaysWhichPackageToAdd()
    {
        Rename("libtorch_cpu.so", "libtorch_xyz.so");
        FailsWith(Missing);
    }

    [TestMethod]
    public void Run_AnotherLibraryUnderItsName_SaysThatTheVersionsDiffer()
    {
        var other = File.ReadLines("/proc/self/maps").Select(l => l.Split(' ')[^1]).First(p => p.Contains("libgomp", StringComparison.Ordinal));
        File.Copy(other, Native, overwrite: true);
        FailsWith(Unfit);
    }

    [TestMethod]
    [DataRow("ts_num_threads")]
    [DataRow("ts_call")]
    public void Run_LibraryThatLacksAFunction_SaysThatTheVersionsDiffer(string function)
    {
        Rename(function, "xx" + function[2..]);
        FailsWith(Unfit);
    }

    private void FailsWith(string start)
    {
        foreach (var arguments in (string[][])[["fit"], ["load", Model]])
        {
            var (code, output) = Run(arguments);
            Assert.AreEqual(1, code, output);
            var lines = output.Split('\n');
            Assert.HasCount(2, lines, output);
            Assert.AreEqual(nameof(InvalidOperationException), lines[0], output);
            StringAssert.StartsWith(lines[1], start);
            StringAssert.Contains(lines[1], Remedy);
        }
    }

    // Names of the same length keep the layout of the file.
    private void Rename(string from, string to)
    {
        var bytes = File.ReadAllBytes(Native);
        var place = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes("\0" + from));
        Assert.IsGreaterThan(0, place);
        Encoding.ASCII.GetBytes(to).CopyTo(bytes, place + 1);
        File.WriteAllBytes(Native, bytes);
    }

    private (int Code, string Output) Run(params string[] arguments)
    {
        var program = Path.Combine(_folder.FullName, Path.GetFileName(Program));
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd() + error.Result;
        process.WaitForExit();
        return (process.ExitCode, output.Trim());
    }
}
