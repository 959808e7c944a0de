using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace Microsoft.ML.DeepClustering.Execution;

/// <summary>A child process that makes runs, as its parent sees it.</summary>
internal sealed class ChildWorker : IAsyncDisposable
{
    private const int SignalCodes = 128;
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly ChildErrors _errors;
    private readonly string _program;
    private readonly string _mark;
    private readonly TimeSpan _timeToBegin;
    private bool _isReady;
    private bool _isDisposed;

    private ChildWorker(Process process, string program, string mark, TimeSpan timeToBegin)
    {
        (_process, _program, _mark, _timeToBegin) = (process, program, mark, timeToBegin);
        _errors = new ChildErrors(process);
    }

    /// <summary>The number of the process.</summary>
    public int Id => _process.Id;

    /// <summary>Starts a child.</summary>
    /// <param name="programPath">An executable or a .dll; null is the program of this process.</param>
    /// <param name="timeToBegin">The longest wait for the child to say that it is a worker.</param>
    /// <exception cref="InvalidOperationException">It cannot be started.</exception>
    public static ChildWorker Start(string? programPath, TimeSpan timeToBegin)
    {
        var mark = Guid.NewGuid().ToString("N");
        var (program, start) = ChildProgram.Describe(programPath);
        Array.ForEach(WorkerMark.Arguments(mark), start.ArgumentList.Add);
        WorkerMark.Set(start.Environment, mark);
        try
        {
            return new(Process.Start(start)!, program, mark, timeToBegin);
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            throw new InvalidOperationException($"The child process {program} could not be started ({e.Message.TrimEnd('.')}); name a program that can in ProgramPath.", e);
        }
    }

    /// <summary>Has the child make a run.</summary>
    /// <param name="order">The run.</param>
    /// <param name="report">Takes what the run says.</param>
    /// <param name="cancellation">Ends the wait; the child is to be disposed then.</param>
    /// <returns>The last reply: done, or a fault.</returns>
    /// <exception cref="ChildEndedException">The child has ended.</exception>
    /// <exception cref="InvalidOperationException">The program does not become a worker.</exception>
    public async Task<WorkerReply> MakeAsync(WorkerOrder order, Action<RunMessage> report, CancellationToken cancellation)
    {
        if (!_isReady)
            await WaitUntilReadyAsync(cancellation);
        _isReady = true;
        try
        {
            await _process.StandardInput.WriteLineAsync(order.ToJson().AsMemory(), cancellation);
            await _process.StandardInput.FlushAsync(cancellation);
        }
        catch (IOException)
        {
            throw new ChildEndedException(await HowItEndedAsync());
        }

        while (await ReadAsync(cancellation) is { } reply)
        {
            if (reply.Message is { } message)
                report(message);
            else if (reply.IsDone || reply.Fault is not null)
                return reply;
        }

        throw new ChildEndedException(await HowItEndedAsync());
    }

    /// <summary>Lets the child end by itself.</summary>
    public async Task EndAsync()
    {
        _process.StandardInput.Close();
        await WaitForEndAsync();
    }

    /// <summary>Kills the child, if it has not ended, with all that it has started.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        await KillAsync();
        _process.Dispose();
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancellation)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        wait.CancelAfter(_timeToBegin);
        try
        {
            while (await ReadAsync(wait.Token) is { } reply)
            {
                if (reply.Hello is not null)
                    return;
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw NoWorker($"has not become one in {_timeToBegin.TotalSeconds:0} s");
        }

        var how = await HowItEndedAsync();
        throw _process.ExitCode > SignalCodes ? new ChildEndedException(how) : NoWorker($"ended with {how}");
    }

    private InvalidOperationException NoWorker(string what)
        => new($"The program {_program} was started as a worker of a ChildProcessExecutor and {what}; make \"if (RunWorker.TryRun(args)) return;\" the first line of its Main, or name a program that has it in ProgramPath.");

    // The next reply of the worker's own; null when there is no more.
    private async Task<WorkerReply?> ReadAsync(CancellationToken cancellation)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            if (line.StartsWith(_mark, StringComparison.Ordinal) && TryParse(line[_mark.Length..]) is { } reply)
                return reply;
        }

        return null;
    }

    // A child that is killed may leave half a line.
    private static WorkerReply? TryParse(string json)
    {
        try
        {
            return WorkerReply.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<string> HowItEndedAsync()
    {
        await WaitForEndAsync();
        return $"code {_process.ExitCode}{(_errors.Line is { } line ? $" and the words \"{line}\"" : "")}";
    }

    private async Task WaitForEndAsync()
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(TimeToEnd);
        }
        catch (TimeoutException)
        {
            await KillAsync();
        }
    }

    private async Task KillAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        try
        {
            // What the child itself has started may hold its streams open.
            await _process.WaitForExitAsync().WaitAsync(TimeToEnd);
        }
        catch (TimeoutException)
        {
        }
    }
}
