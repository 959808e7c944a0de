using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;
using Samples.Tests.Experiments;

namespace Samples.Tests.Package;

/// <summary>The packages: what is in them, and a program outside the repository that has nothing else of it.</summary>
[TestClass]
public sealed class PackageTests
{
    private const string Library = "Microsoft.ML.DeepClustering";
    private const string Reporting = "Microsoft.ML.DeepClustering.Reporting";
    private const string Orleans = "Microsoft.ML.DeepClustering.Orleans";
    private const string Tool = "Microsoft.ML.DeepClustering.Tool";
    private const string Version = "0.0.1-test";

    private static readonly TestFolder Folder = new();

    private static readonly string Consumer = PathOf("consumer/Consumer.csproj");

    [ClassInitialize]
    public static void Pack(TestContext context)
    {
        foreach (var package in new[] { Library, Reporting, Orleans })
            Dotnet("pack", $"{TestPaths.Repository}/src/{package}", "--no-build", "-c", Configuration, "-o", Folder.Path, $"-p:PackageVersion={Version}", "-nologo", "-nodeReuse:false");
        // Packages that are on this machine are read where they lie, so that only those that are tested are unpacked.
        Folder.Write("nuget.config", $"""
            <configuration>
              <packageSources><add key="packed" value="." /></packageSources>
              <fallbackPackageFolders><add key="unpacked" value="{TestPaths.Of("NuGetPackageRoot")}" /></fallbackPackageFolders>
            </configuration>
            """);
        Directory.CreateDirectory(Path.GetDirectoryName(Consumer)!);
        File.Copy(Path.Combine(TestPaths.Repository, "test/Samples.Tests/Package/Consumer/Program.cs"), PathOf("consumer/Program.cs"));
        File.WriteAllText(Consumer, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <RestorePackagesPath>../packages</RestorePackagesPath>
                <CreateHardLinksForCopyLocalIfPossible>true</CreateHardLinksForCopyLocalIfPossible>
                <CreateHardLinksForPublishFilesIfPossible>true</CreateHardLinksForPublishFilesIfPossible>
              </PropertyGroup>
              <ItemGroup>
                <!-- It brings the library with it. -->
                <PackageReference Include="{Reporting}" Version="{Version}" />
                <PackageReference Include="TorchSharp-cpu" Version="{TestPaths.Of("TorchSharpVersion")}" />
              </ItemGroup>
            </Project>
            """);
    }

    [ClassCleanup]
    public static void Delete() => Folder.Dispose();

    [TestMethod]
    [TestCategory("Slow")]
    public void Content_OfTheLibrary_IsWhatItsUsersNeed()
        => Has(Library, ["Microsoft.ML", "TorchSharp"], ["buildTransitive/MakeLoadable.cs", $"buildTransitive/{Library}.targets"]);

    [TestMethod]
    [TestCategory("Slow")]
    public void Content_OfReporting_IsWhatItsUsersNeed()
    {
        Has(Reporting, [Library], []);
        using var package = Open(Reporting, "nupkg");
        Assert.IsEmpty(package.Entries.Where(e => e.FullName.StartsWith("build", StringComparison.Ordinal)));
        using var readme = new StreamReader(package.GetEntry("README.md")!.Open());
        StringAssert.StartsWith(readme.ReadLine(), $"# {Reporting}");
    }

    [TestMethod]
    [TestCategory("Slow")]
    public void Content_OfOrleans_IsWhatItsUsersNeed() => Has(Orleans, [Library, "Microsoft.Orleans.Sdk", "Microsoft.Orleans.Runtime"], []);

    private static void Has(string id, string[] dependencies, string[] more)
    {
        using var package = Open(id, "nupkg");
        CollectionAssert.IsSubsetOf(
            new[] { "LICENSE", "README.md", "icon.png", $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml" }.Concat(more).ToArray(),
            package.Entries.Select(e => e.FullName).ToArray());
        using var symbols = Open(id, "snupkg");
        Assert.IsNotNull(symbols.GetEntry($"lib/net10.0/{id}.pdb"));

        using var stream = package.GetEntry($"{id}.nuspec")!.Open();
        var metadata = XDocument.Load(stream).Root!.Elements().First().Elements().ToLookup(e => e.Name.LocalName, e => e);
        Assert.AreEqual("MIT", metadata["license"].Single().Value);
        Assert.AreEqual(("README.md", "icon.png"), (metadata["readme"].Single().Value, metadata["icon"].Single().Value));
        var found = metadata["dependencies"].Descendants().Where(e => e.Name.LocalName == "dependency").Select(e => (string)e.Attribute("id")!);
        CollectionAssert.AreEquivalent(dependencies, found.ToArray());
    }

    [TestMethod]
    [TestCategory("Slow")]
    public void Program_WithThePackage_TrainsSavesLoadsScoresAndReports()
    {
        Dotnet("build", Consumer, "-o", PathOf("built"), "-nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false");
        Assert.AreEqual("30 rows in 3 clusters", Run("dotnet", PathOf("built/Consumer.dll"), PathOf("built.zip")));
        HasReport("built.html");
    }

    [TestMethod]
    [TestCategory("Slow")]
    public void Program_InASingleFile_TrainsSavesLoadsScoresAndReports()
    {
        Dotnet(
            "publish", Consumer, "--use-current-runtime", "--self-contained", "false", "-p:PublishSingleFile=true", "-o", PathOf("single"),
            "-nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false");
        Assert.IsFalse(File.Exists(PathOf($"single/{Library}.dll")));
        Assert.IsFalse(File.Exists(PathOf($"single/{Reporting}.dll")));
        Assert.AreEqual("30 rows in 3 clusters", Run(PathOf(OperatingSystem.IsWindows() ? "single/Consumer.exe" : "single/Consumer"), PathOf("single.zip")));
        HasReport("single.html");
    }

    [TestMethod]
    [TestCategory("Slow")]
    public void Tool_PackedForThisSystem_InstallsAndClustersATable()
    {
        // One of the systems that it is packed for.
        var runtime = OperatingSystem.IsWindows() ? "win-x64" : OperatingSystem.IsMacOS() ? "osx-arm64" : "linux-x64";
        Dotnet(
            "pack", $"{TestPaths.Repository}/src/{Tool}", "-c", Configuration, "-o", Folder.Path, $"-p:PackageVersion={Version}", $"-p:ToolRuntimes={runtime}",
            "-nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false");
        Dotnet("tool", "install", Tool, "--tool-path", PathOf("tools"), "--version", Version, "--configfile", PathOf("nuget.config"));
        Folder.Write("points.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"{i % 3}.{i % 7},{i % 3 * 2}.{i % 5}\n")));
        Run(PathOf(OperatingSystem.IsWindows() ? "tools/deep-cluster.exe" : "tools/deep-cluster"), "train", "points.csv", "--clusters", "3", "--pretraining-epochs", "2", "--epochs", "2");
        Assert.HasCount(31, File.ReadAllLines(PathOf("clusters/clusters.csv")));
        Assert.IsTrue(File.Exists(PathOf("clusters/model.zip")));
        StringAssert.Contains(File.ReadAllText(PathOf("clusters/report.html")), "30 rows in");
    }

    // That of this test program, whose build has built the library.
    private static string Configuration => AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).EndsWith("release", StringComparison.OrdinalIgnoreCase) ? "Release" : "Debug";

    private static string PathOf(string name) => Path.Combine(Folder.Path, name);

    private static ZipArchive Open(string id, string kind) => ZipFile.OpenRead(PathOf($"{id}.{Version}.{kind}"));

    private static void HasReport(string name) => StringAssert.Contains(File.ReadAllText(PathOf(name)), "30 rows in 3 clusters.");

    private static void Dotnet(params string[] arguments) => Run("dotnet", arguments);

    private static string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, output + error.Result);
        return output.Trim();
    }
}
