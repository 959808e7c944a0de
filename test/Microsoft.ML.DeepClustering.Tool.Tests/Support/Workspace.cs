using System.Text;
using Microsoft.ML.DeepClustering.Tool.Progress;

namespace Microsoft.ML.DeepClustering.Tool.Tests.Support;

/// <summary>A temporary folder with inputs, in which the tool runs, and what it said.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deep-cluster-tests-");

    /// <summary>What the last run said on its output.</summary>
    public string Output { get; private set; } = "";

    /// <summary>What the last run said of warnings and errors.</summary>
    public string Errors { get; private set; } = "";

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public string Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    public string Write(string name, byte[] content)
    {
        var path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Runs the tool in this process, with one thread.</summary>
    public Task<int> RunAsync(params string[] arguments) => RunAsync(null, arguments);

    /// <summary>Runs the tool, and presses Ctrl+C when it says something.</summary>
    public async Task<int> RunAsync(string? stopAt, string[] arguments)
    {
        using var cancellation = new CancellationTokenSource();
        using var output = new ListeningWriter(text =>
        {
            if (stopAt != null && text.Contains(stopAt, StringComparison.Ordinal))
                cancellation.Cancel();
        });
        using var errors = new StringWriter();
        var code = await ToolProgram.RunAsync(arguments, new ToolConsole(output, errors, terminal: null), cancellation.Token);
        (Output, Errors) = (output.ToString(), errors.ToString());
        return code;
    }

    /// <summary>The same, and fails unless it ends well.</summary>
    public async Task RunWellAsync(params string[] arguments) => Assert.AreEqual(ExitCodes.Done, await RunAsync(arguments), Output + Errors);

    /// <summary>All files and folders below, hidden ones too.</summary>
    public string[] Entries() => [.. Directory.EnumerateFileSystemEntries(_folder.FullName, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).Order(StringComparer.Ordinal)];

    public void Dispose() => _folder.Delete(recursive: true);

    private sealed class ListeningWriter(Action<string> heard) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            heard(value ?? "");
        }
    }
}
