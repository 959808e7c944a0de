using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.ML.DeepClustering.Tests.Documentation;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Torch;

/// <summary>The step of the build that copies TorchSharp's native library, on libraries that are sound and cut short.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class MakeLoadableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Execute_LibraryCutShort_IsOneSentenceAndNoCopy()
    {
        var library = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so"));
        int[] lengths = [65, 1000, library.Length / 2, library.Length - 1, library.Length];
        foreach (var length in lengths)
            File.WriteAllBytes(_folder.File($"{length}.so"), library[..length]);
        var sources = string.Join(';', lengths.Select(length => _folder.File($"{length}.so")));
        File.WriteAllText(_folder.File("try.proj"), $"""
            <Project>
              <Import Project="{ReadmeTests.Root}/build/TorchRuntime.targets" />
              <ItemGroup><Library Include="{sources}" /></ItemGroup>
              <Target Name="Try">
                <MakeLoadable Source="%(Library.Identity)" Destination="%(Library.Identity).copy" ContinueOnError="ErrorAndContinue" />
              </Target>
            </Project>
            """);

        var output = Build("try.proj");

        foreach (var length in lengths[..^1])
        {
            Assert.HasCount(1, Damaged($"{length}.so").Matches(output), output);
            Assert.IsFalse(File.Exists(_folder.File($"{length}.so.copy")), output);
        }

        Assert.DoesNotContain("   at ", output);
        CollectionAssert.AreEqual(library, File.ReadAllBytes(_folder.File($"{library.Length}.so.copy")));
    }

    private static Regex Damaged(string name)
        => new($@"error : \S*/{Regex.Escape(name)} is damaged: it refers to byte \d+, and has \d+\. Delete the folder of its package and restore it anew\.");

    private string Build(string project)
    {
        var start = new ProcessStartInfo("dotnet", ["msbuild", _folder.File(project), "-t:Try", "-nologo", "-nodeReuse:false", "-consoleLoggerParameters:NoSummary"]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
