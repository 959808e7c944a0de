using System.Reflection;

namespace Samples.Tests.Experiments;

/// <summary>A folder that is gone when the test is over.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("experiments").FullName;

    public string Write(string name, string content)
    {
        var path = System.IO.Path.Combine(Path, name);
        File.WriteAllText(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>Where the repository and its programs lie.</summary>
internal static class TestPaths
{
    public static string Repository => Of("RepositoryRoot");

    public static string ExperimentsProgram => System.IO.Path.Combine(AppContext.BaseDirectory, "Experiments.dll");

    /// <summary>What the project file says under a name.</summary>
    public static string Of(string key)
        => typeof(TestPaths).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
