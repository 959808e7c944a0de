using System.Diagnostics;

namespace Microsoft.ML.DeepClustering.Execution;

/// <summary>Reads what a child process writes to its standard error, and keeps the line that says most.</summary>
internal sealed class ChildErrors
{
    private const int LongestLine = 500;

    // What .NET writes of an exception that nobody caught; lines of its stack follow.
    private const string Unhandled = "Unhandled exception.";

    private volatile string? _line;

    /// <param name="process">Has just been started.</param>
    public ChildErrors(Process process)
    {
        process.ErrorDataReceived += (_, e) => Add(e.Data);
        process.BeginErrorReadLine();
    }

    /// <summary>The exception that nobody caught, else the last line; null when there is none.</summary>
    public string? Line => _line;

    private void Add(string? line)
    {
        if (string.IsNullOrWhiteSpace(line) || _line?.StartsWith(Unhandled, StringComparison.Ordinal) == true)
            return;
        var trimmed = line.Trim();
        _line = trimmed.Length <= LongestLine ? trimmed : trimmed[..LongestLine] + "…";
    }
}
