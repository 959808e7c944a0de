using System.Diagnostics;
using Samples.Tests.Experiments;

namespace Samples.Tests.Programs;

/// <summary>A sample's program as a process of its own, in a folder of its own.</summary>
internal sealed class SampleProgram : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly Process _process;
    private readonly Task<string> _error;

    private SampleProgram(string name, string[] arguments)
    {
        // artifacts/bin/Samples.Tests/debug/ -> artifacts/bin/NAME/debug/NAME.dll
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(own.Parent!.Parent!.FullName, name, own.Name, $"{name}.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Directory.CreateDirectory(Path.Combine(_folder.Path, "work")).FullName,
        };
        foreach (var variable in new[] { "TMPDIR", "TMP", "TEMP" })
            start.Environment[variable] = _folder.Path;
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        _process = Process.Start(start)!;
        _error = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Where the program was started.</summary>
    public string Folder => Path.Combine(_folder.Path, "work");

    /// <summary>Starts a sample that this project is built after.</summary>
    public static SampleProgram Start(string name, params string[] arguments) => new(name, arguments);

    /// <summary>The lines of a program that ends by itself, without an error.</summary>
    public string[] Finish()
    {
        var output = _process.StandardOutput.ReadToEnd();
        _process.WaitForExit();
        Assert.AreEqual(0, _process.ExitCode, output + _error.Result);
        return output.ReplaceLineEndings("\n").Trim().Split('\n');
    }

    /// <summary>Reads on to the first line that has a text; null when the program ends before.</summary>
    public string? LineWith(string text)
    {
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
                return line;
        }

        return null;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _folder.Dispose();
    }
}
