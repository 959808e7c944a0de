using System.Collections.Concurrent;
using System.Diagnostics;

namespace Microsoft.ML.DeepClustering.Orleans.Tests.Support;

/// <summary>This program as another process, and what it says.</summary>
internal sealed class OwnProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = [];

    public OwnProcess(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(OwnProcess).Assembly.Location, .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, e) => Hear(e.Data);
        _process.ErrorDataReceived += (_, e) => Hear(e.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string[] Lines => [.. _lines];

    /// <summary>The first line with a text; fails when it does not come.</summary>
    public async Task<string> LineAsync(string text)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience; await Task.Delay(20))
        {
            if (_lines.FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal)) is { } line)
                return line;
            if (_process.HasExited)
                await _process.WaitForExitAsync();
        }

        throw new AssertFailedException($"'{text}' was not said in {Patience.TotalSeconds} s, but: {string.Join('\n', _lines)}");
    }

    /// <summary>Lets it end in its own way.</summary>
    public void Stop() => _process.StandardInput.Close();

    /// <summary>Ends it at once, as a power cut does.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line != null)
            _lines.Enqueue(line);
    }
}
