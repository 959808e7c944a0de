using System.CommandLine;
using Spectre.Console;

namespace Experiments;

/// <summary>"run": makes the runs of experiments that were not made yet, several processes at once when asked, then prints the tables.</summary>
internal sealed class RunCommand
{
    private readonly ExperimentChoice _choice = new();
    private readonly Option<int> _processes = new("--processes") { HelpName = "N", DefaultValueFactory = _ => 1, Description = "How many runs at once, each in a process of its own" };
    private readonly Option<string?> _orleans = new("--orleans") { HelpName = "ADDRESS", Description = "Make the runs on an Orleans cluster, see samples/Cluster: its gateways, HOST:PORT with commas between, or redis://HOST:PORT" };
    private readonly Option<string> _storage = new("--orleans-storage") { HelpName = "FOLDER", DefaultValueFactory = _ => "storage", Description = "A folder that all silos of the cluster reach" };
    private readonly Option<bool> _verbose = new("--verbose") { Description = "Print what the runs log, an epoch a line" };

    public static Command Create()
    {
        var run = new RunCommand();
        var command = new Command("run", "Makes the runs of experiments that were not made yet, and prints their tables.") { run._processes, run._orleans, run._storage, run._verbose };
        run._choice.AddTo(command);
        command.SetAction(run.Run);
        return command;
    }

    private async Task<int> Run(ParseResult parsed, CancellationToken cancellation)
    {
        var processes = parsed.GetValue(_processes);
        if (processes < 1)
            throw new ArgumentException($"--processes is {processes}; it must be 1 or more.");
        var cluster = ClusterChoice.Of(parsed.GetValue(_orleans), parsed.GetValue(_storage)!);
        var plan = _choice.Plan(parsed);
        using var only = plan.Store.Open();
        foreach (var name in plan.Absent)
            AnsiConsole.WriteLine($"Skipped: the data set {name} is not there; {DataSets.Remedy(name)}.");

        var open = plan.Runs.DistinctBy(r => r.Job.Key()).Where(r => r.FindIn(plan.Store) is null).ToArray();
        AnsiConsole.WriteLine($"{plan.Runs.Count} runs, {plan.Runs.Count - open.Length} of them made before; {open.Length} to make, {processes} at a time.");
        var failures = await MakeAll(open, plan.Store, cluster, processes, parsed.GetValue(_verbose), cancellation);
        SummaryTables.Print(plan);
        failures.AddRange(WithoutModel(plan));
        foreach (var failure in failures)
            Console.Error.WriteLine(failure);
        return failures.Count == 0 ? 0 : 1;
    }

    private static async Task<List<string>> MakeAll(PlannedRun[] open, ResultStore store, ClusterChoice? cluster, int processes, bool verbose, CancellationToken cancellation)
    {
        var failures = new List<string>();
        var done = 0;
        await Parallel.ForEachAsync(open, new ParallelOptions { MaxDegreeOfParallelism = processes, CancellationToken = cancellation }, async (run, token) =>
        {
            var name = NameOf(run);
            try
            {
                await WorkerProcess.Run(new Work(run.Job, run.Files, store.Folder, cluster), line => Log(verbose, name, line), token);
                var result = run.FindIn(store) ?? throw new WorkerFailedException("It left no result.");
                AnsiConsole.WriteLine(FormattableString.Invariant($"[{Interlocked.Increment(ref done)}/{open.Length}] {name}: {Outcome(result)}, {result.Seconds:0} s"));
            }
            catch (WorkerFailedException e)
            {
                lock (failures)
                    failures.Add($"{name}: {e.Message}");
                AnsiConsole.WriteLine($"[{Interlocked.Increment(ref done)}/{open.Length}] {name}: failed");
            }
        });
        return failures;
    }

    // Those that were made before too, which are not made again: the same command ends the same way.
    private static IEnumerable<string> WithoutModel(Plan plan)
        => from run in plan.Runs.DistinctBy(r => r.Job.Key())
           let failure = run.FindIn(plan.Store)?.Failure
           where failure is not null
           select $"{NameOf(run)}: no model, {failure}";

    private static string NameOf(PlannedRun run) => $"{run.Row.Name}, seed {run.Job.Seed}";

    private static void Log(bool verbose, string name, string line)
    {
        if (verbose)
            AnsiConsole.WriteLine($"{name}: {line}");
    }

    private static string Outcome(RunResult result) => result.Failure is { } failure
        ? $"no model, {failure}"
        : FormattableString.Invariant($"ACC {result.Measures["ACC"]:0.000}, NMI {result.Measures["NMI"]:0.000}{(result.Loss is { } loss ? $", loss {loss:0.0000}" : "")}");
}
