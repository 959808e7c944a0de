using System.Diagnostics;
using System.Text.Json;

namespace Experiments;

/// <summary>Makes one run in another process.</summary>
internal static class WorkerProcess
{
    private const int KeptLines = 20;

    /// <summary>Waits for the run. Throws with the process's last words when it fails.</summary>
    public static async Task Run(Work work, Action<string> log, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Started as "dotnet Experiments.dll", the program is an argument of dotnet.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        start.ArgumentList.Add("work");

        using var process = new Process { StartInfo = start };
        var last = new Queue<string>();
        void Heard(string? line)
        {
            if (line is null)
                return;
            lock (last)
            {
                last.Enqueue(line);
                if (last.Count > KeptLines)
                    last.Dequeue();
            }

            log(line);
        }

        process.OutputDataReceived += (_, e) => Heard(e.Data);
        process.ErrorDataReceived += (_, e) => Heard(e.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        // The other end stays open: it tells the worker that the runner lives.
        await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(work, JsonFormat.OneLine).AsMemory(), cancellation);
        await process.StandardInput.FlushAsync(cancellation);
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        if (process.ExitCode != 0)
        {
            lock (last)
                throw new WorkerFailedException($"The process ended with code {process.ExitCode}. Its last words: {string.Join(Environment.NewLine, last)}");
        }
    }
}

/// <summary>A process that should have made a run ended without it.</summary>
internal sealed class WorkerFailedException(string message) : Exception(message);
