using System.Collections.Concurrent;
using Microsoft.ML.DeepClustering.Execution;
using Microsoft.ML.DeepClustering.Persistence;

namespace Microsoft.ML.DeepClustering;

/// <summary>
/// Makes the runs of a training in child processes of this one, several at a time, each with few threads: on a machine of many cores that is faster than
/// one run after another with all threads. The children are this program started again, so that the first line of its Main must be
/// <c>if (RunWorker.TryRun(args)) return;</c>, or the program that <see cref="ProgramPath"/> names.
/// </summary>
/// <remarks>
/// A child that dies is started again, and its run goes on from the last checkpoint, as long as that has come further; a run whose child dies three times at the same
/// place fails, with the child's exit code and what it wrote to its standard error. Where the training is cancelled, or fails, all children are killed; where this
/// process is killed, they see it and end. A child has the working folder and the environment of this process; its output is not shown.
/// </remarks>
public sealed class ChildProcessExecutor : RunExecutor
{
    // Deaths of a run's child without a step in between.
    private const int MaximumDeaths = 3;

    /// <summary>
    /// The largest number of children at a time, 1 or more. Null: the number of the machine's processors divided by the threads of a run, at least 1. Default: null.
    /// </summary>
    public int? MaximumProcesses { get; init; }

    /// <summary>
    /// A folder for the checkpoints of the runs, not empty; it is made where it is missing. The same training goes on from there after this process was killed, and
    /// takes runs that have ended as they are; delete its files when they are no longer of use. One training of the same options and data at a time may use it. Null
    /// is a temporary folder, which is deleted. Default: null.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>
    /// The program that is started, not empty: an executable or a .dll, with this version of the library, whose Main calls <see cref="RunWorker.TryRun"/> first. Null
    /// is the program of this process. Default: null.
    /// </summary>
    public string? ProgramPath { get; init; }

    /// <summary>The longest wait for a child to become a worker.</summary>
    internal TimeSpan TimeToBegin { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Is told of each child's process number when it has been started; for tests.</summary>
    internal Action<int>? Started { get; init; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A property is out of its range.</exception>
    /// <exception cref="IOException"><see cref="Folder"/> cannot be written to.</exception>
    /// <exception cref="InvalidOperationException">A program cannot be started or does not become a worker, or a run's child dies again and again.</exception>
    public override async Task ExecuteAsync(RunBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Check();
        var folder = MakeFolder(batch);
        try
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var queue = new ConcurrentQueue<RunRequest>(batch.Requests);
            var processes = Math.Min(MaximumProcesses ?? Math.Max(1, Environment.ProcessorCount / batch.ThreadsPerRun), batch.Requests.Count);
            var slots = Enumerable.Range(0, processes).Select(_ => Task.Run(() => WorkAsync(queue, batch, folder, stop), CancellationToken.None)).ToArray();
            await Task.WhenAll(slots).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            if (!Array.TrueForAll(slots, s => s.IsCompletedSuccessfully))
                cancellationToken.ThrowIfCancellationRequested();
            // The others were only stopped.
            await (slots.FirstOrDefault(s => s.IsFaulted) ?? Task.WhenAll(slots));
        }
        finally
        {
            if (Folder is null)
                Deletion.TryDeleteFolder(folder);
        }
    }

    internal override void Check()
    {
        if (WorkerMark.IsSet)
            throw new InvalidOperationException("This process was started as a worker of a ChildProcessExecutor, and has begun a training with one; make \"if (RunWorker.TryRun(args)) return;\" the first line of Main.");
        if (MaximumProcesses is < 1)
            throw new ArgumentException($"MaximumProcesses is {MaximumProcesses}; it must be 1 or more, or null.");
        if (Folder is "")
            throw new ArgumentException("Folder is \"\"; it must be the path of a folder, or null.");
        if (ProgramPath is "")
            throw new ArgumentException("ProgramPath is \"\"; it must be the path of a program, or null.");
    }

    // The folder of the batch is the library's own.
    private string MakeFolder(RunBatch batch)
    {
        if (Folder is null)
            return Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(batch.DataPath)!, "children")).FullName;
        try
        {
            var folder = Directory.CreateDirectory(Folder).FullName;
            using (File.Create(Path.Combine(folder, $"{Guid.NewGuid():N}.probe"), 1, FileOptions.DeleteOnClose))
                return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"Folder is {Folder}, which is no folder that can be written to ({e.Message.TrimEnd('.')}); name another, or null for a temporary one.", e);
        }
    }

    // Makes one run after another with one child.
    private async Task WorkAsync(ConcurrentQueue<RunRequest> queue, RunBatch batch, string folder, CancellationTokenSource stop)
    {
        ChildWorker? child = null;
        try
        {
            while (!stop.IsCancellationRequested && queue.TryDequeue(out var request))
            {
                var checkpoint = Path.Combine(folder, $"{request.Key}.checkpoint");
                if (Folder is not null && RunWorker.IsFinished(checkpoint))
                    batch.Report(request, new($"the run had ended; it is read from {checkpoint}. Delete that file to make it anew."));
                else
                    child = await MakeAsync(child, request, batch, checkpoint, stop.Token);
                if (Folder is null)
                    File.Move(checkpoint, request.ResultPath, overwrite: true);
                else
                    File.Copy(checkpoint, request.ResultPath, overwrite: true);
            }

            if (child is not null)
                await child.EndAsync();
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
        finally
        {
            if (child is not null)
                await child.DisposeAsync();
        }
    }

    // Makes a run -> the child that made it.
    private async Task<ChildWorker> MakeAsync(ChildWorker? child, RunRequest request, RunBatch batch, string checkpoint, CancellationToken cancellation)
    {
        var order = new WorkerOrder(request.Text, batch.DataPath, checkpoint, batch.HasProgress);
        for (var deaths = 0; ; child = null)
        {
            var before = StateOf(checkpoint);
            child ??= Start();
            try
            {
                var reply = await child.MakeAsync(order, message => batch.Report(request, message), cancellation);
                return reply.IsDone ? child : throw reply.ToException(request.Name);
            }
            catch (ChildEndedException ended)
            {
                await child.DisposeAsync();
                deaths = StateOf(checkpoint) == before ? deaths + 1 : 1;
                if (deaths >= MaximumDeaths)
                    throw new InvalidOperationException($"The child process of {request.Name} has ended {deaths} times at the same place, the last time with {ended.Message}; see what ends it, give the machine more memory, or lower MaximumProcesses.");
                var place = File.Exists(checkpoint) ? "from its last checkpoint" : "from its beginning";
                batch.Report(request, new($"a child process has ended with {ended.Message}; the run goes on {place} in another.", IsWarning: true));
            }
            catch
            {
                await child.DisposeAsync();
                throw;
            }
        }
    }

    private ChildWorker Start()
    {
        var child = ChildWorker.Start(ProgramPath, TimeToBegin);
        Started?.Invoke(child.Id);
        return child;
    }

    // It is written anew whenever the run has come further.
    private static (bool, long, DateTime) StateOf(string checkpoint)
        => new FileInfo(checkpoint) is { Exists: true } file ? (true, file.Length, file.LastWriteTimeUtc) : default;
}
