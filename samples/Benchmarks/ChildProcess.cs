using System.Diagnostics;

namespace Benchmarks;

/// <summary>Programs that run in a process of their own, this one among them.</summary>
internal static class ChildProcess
{
    /// <summary>
    /// The variable that the library sets for its own process, for those that do not load it: idle threads of OpenMP wait awake for a moment only.
    /// </summary>
    public static readonly (string Name, string Value) WaitingThreads = ("GOMP_SPINCOUNT", "0");

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables that are set for it where this process has none.</param>
    /// <returns>Its exit code, and what it wrote.</returns>
    public static (int Code, string Output, string Error) Run(string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment.TryAdd(name, value);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    /// <summary>Runs a command of this program and gives what it wrote.</summary>
    public static string Own(params string[] arguments) => OwnWith([], arguments);

    /// <summary>The same with variables that are set for it where this process has none.</summary>
    public static string OwnWith((string Name, string Value)[] environment, string[] arguments)
    {
        var host = Environment.ProcessPath!;
        var isHost = Path.GetFileNameWithoutExtension(host) == "dotnet";
        var (code, output, error) = Run(host, isHost ? arguments.Prepend(typeof(ChildProcess).Assembly.Location) : arguments, environment);
        return code == 0 ? output : throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {code}: {error.Trim()}");
    }
}
