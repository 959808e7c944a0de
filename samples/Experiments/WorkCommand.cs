using System.CommandLine;
using System.Text.Json;
using Microsoft.ML;

namespace Experiments;

/// <summary>What a process that makes runs for the runner is told, as one line on its standard input.</summary>
/// <param name="Job">The run.</param>
/// <param name="Files">The data set's files.</param>
/// <param name="Results">The folder of results.</param>
/// <param name="Cluster">Where the run is made; null: in the process itself.</param>
internal sealed record Work(Job Job, IReadOnlyList<string> Files, string Results, ClusterChoice? Cluster = null);

/// <summary>"work": makes one run in a process of its own. Ends when the runner does, so that no run is left behind alone.</summary>
internal static class WorkCommand
{
    public static Command Create()
    {
        var command = new Command("work", "Makes one run; the runner calls this.") { Hidden = true };
        command.SetAction((_, _) => RunAsync());
        return command;
    }

    private static async Task RunAsync()
    {
        var work = JsonSerializer.Deserialize<Work>(Console.In.ReadLine() ?? "", JsonFormat.Options)
            ?? throw new InvalidDataException("There is no work on the standard input; use the command 'run'.");
        new Thread(EndWithRunner) { IsBackground = true }.Start();

        var data = work.Job.Data;
        var rows = DataSets.Read(data.Name, work.Files).Chosen(data).Scaled(data);
        var (host, executor) = work.Cluster is { } cluster ? await cluster.ConnectAsync() : default;
        using var connection = host;
        var store = new ResultStore(work.Results);
        var checkpoint = store.CheckpointPath(work.Job);
        // Runs elsewhere have checkpoints there.
        var (model, result) = executor is null
            ? SingleRun.Resume(work.Job, rows, Console.WriteLine, checkpoint)
            : SingleRun.Execute(work.Job, rows, Console.WriteLine, executor);
        if (model is not null)
        {
            var ml = new MLContext();
            ml.Model.SaveAtomically(model, rows.View(ml).Schema, store.ModelPath(work.Job));
            (model as IDisposable)?.Dispose();
        }

        store.Add(result);
        File.Delete(checkpoint);
    }

    // The runner holds the other end of the standard input as long as it lives.
    private static void EndWithRunner()
    {
        while (Console.In.Read() >= 0)
        {
        }

        Environment.Exit(1);
    }
}
