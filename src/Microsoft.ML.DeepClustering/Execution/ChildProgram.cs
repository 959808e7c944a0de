using System.Diagnostics;
using System.Text;

namespace Microsoft.ML.DeepClustering.Execution;

/// <summary>How to start a program as a child process.</summary>
internal static class ChildProgram
{
    private const string Host = "dotnet";

    /// <summary>The program's file, and what starts it; arguments of its own come after those that are there.</summary>
    /// <param name="path">An executable or a .dll; null is the program of this process.</param>
    /// <exception cref="InvalidOperationException">This process names no program.</exception>
    public static (string Program, ProcessStartInfo Start) Describe(string? path)
    {
        var process = Environment.ProcessPath ?? throw new InvalidOperationException("This process does not know its own program; name one in ProgramPath.");
        var isHosted = Path.GetFileNameWithoutExtension(process) == Host;
        // The first is the file of Main's assembly.
        var program = path ?? (isHosted ? Path.GetFullPath(Environment.GetCommandLineArgs()[0]) : process);
        var isLibrary = Path.GetExtension(program).Equals(".dll", StringComparison.OrdinalIgnoreCase);
        var start = new ProcessStartInfo(isLibrary ? (isHosted ? process : Host) : program)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        if (isLibrary)
            start.ArgumentList.Add(program);
        return (program, start);
    }
}
