using System.Diagnostics;

namespace Microsoft.ML.DeepClustering.Tests.Processes;

/// <summary>This test program started again, to do one thing in a process of its own.</summary>
internal static class ChildProcess
{
    private static readonly Dictionary<string, Func<string[], int>> Programs = new()
    {
        ["train"] = TrainingProgram.Run,
        ["score"] = ScoringProgram.Run,
        ["fault"] = FaultProgram.Run,
        ["reflection-free"] = ReflectionFreeProgram.Run,
        ["elsewhere"] = ElsewhereProgram.Run,
    };

    /// <summary>What the child does.</summary>
    public static int Run(string name, string[] arguments) => Programs[name](arguments);

    /// <summary>Starts a child; its output and errors are read by the caller.</summary>
    /// <param name="name">The program's name in <see cref="Programs"/>.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Where a copy of the test program lies; null for this one.</param>
    /// <param name="variables">Variables of its environment that it does not inherit.</param>
    public static Process Start(string name, IEnumerable<string> arguments, string? folder = null, IReadOnlyDictionary<string, string>? variables = null)
    {
        var program = Path.Combine(folder ?? AppContext.BaseDirectory, $"{typeof(ChildProcess).Assembly.GetName().Name}.dll");
        var start = new ProcessStartInfo("dotnet", [program, "child", name, .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var (variable, value) in variables ?? new Dictionary<string, string>())
            start.Environment[variable] = value;
        return Process.Start(start)!;
    }

    /// <summary>Starts a child and waits for its end -> its exit code and all that it wrote.</summary>
    public static (int Code, string Output) Finish(
        string name, IEnumerable<string> arguments, string? folder = null, IReadOnlyDictionary<string, string>? variables = null)
    {
        using var process = Start(name, arguments, folder, variables);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd() + error.Result;
        process.WaitForExit();
        return (process.ExitCode, output.Trim());
    }
}
