using System.CommandLine;
using Microsoft.ML.DeepClustering;

namespace Experiments;

/// <summary>The options that say which experiments on which data, and where results lie.</summary>
internal sealed class ExperimentChoice
{
    private readonly Argument<string[]> _files = new("experiments") { Arity = ArgumentArity.OneOrMore, Description = "Files of experiments, or names of those that come with the program: see 'list'" };
    private readonly Option<string[]> _data = new("--data") { HelpName = "NAME=FOLDER", AllowMultipleArgumentsPerToken = true, Description = "Where a data set lies" };
    private readonly Option<string?> _root = new("--data-root") { HelpName = "FOLDER", Description = "A folder with a folder for each data set, of its name" };
    private readonly Option<string> _results = new("--results") { HelpName = "FOLDER", DefaultValueFactory = _ => "results", Description = "Where results and models go" };
    private readonly Option<int?> _seeds = new("--seeds") { HelpName = "N", Description = "How many seeds a row, instead of the experiment's number" };
    private readonly Option<int> _threads = new("--threads") { HelpName = "N", DefaultValueFactory = _ => 1, Description = "Threads of a run; results are the same bit for bit only for the same number" };
    private readonly Option<NumericPrecision?> _precision = new("--precision") { HelpName = "NUMBERS", Description = "Float32 or BFloat16, instead of the experiment's; a run that is finished in either is not made again, but for rows with a precision of their own" };
    private readonly Option<string[]> _rows = new("--rows") { HelpName = "TEXT", AllowMultipleArgumentsPerToken = true, Description = "Only rows whose label or data set has one of these in its name" };

    public void AddTo(Command command)
    {
        command.Add(_files);
        foreach (var option in new Option[] { _data, _root, _results, _seeds, _threads, _precision, _rows })
            command.Add(option);
    }

    /// <summary>All runs that are asked for and whose data are there.</summary>
    public Plan Plan(ParseResult parsed)
    {
        if (UnknownOption(parsed) is { } unknown)
            throw new ArgumentException($"There is no option {unknown}; {parsed.CommandResult.Command.Name} --help names those that there are.");
        foreach (var (option, number) in new[] { (_seeds.Name, parsed.GetValue(_seeds)), (_threads.Name, parsed.GetValue(_threads)) })
        {
            if (number < 1)
                throw new ArgumentException($"{option} is {number}; it must be 1 or more.");
        }

        if (Texts(parsed, _rows).Any(string.IsNullOrWhiteSpace))
            throw new ArgumentException("--rows is empty, which all rows have; give it a text, or leave it out.");
        if (parsed.GetValue(_precision) is { } precision && !Enum.IsDefined(precision))
            throw new ArgumentException($"--precision is {precision}; it must be {NumericPrecision.Float32} or {NumericPrecision.BFloat16}.");
        var sets = new DataSets(Folders(Texts(parsed, _data)), parsed.GetValue(_root) is { } root ? PathOption.Full(_root.Name, root) : null);
        var experiments = parsed.GetValue(_files)!.Select(PathOf).Distinct(StringComparer.Ordinal).Select(Experiment.Read).ToArray();
        var loaded = new Dictionary<string, FoundData?>(StringComparer.Ordinal);
        var rows = new List<PlannedRow>();
        foreach (var row in experiments.SelectMany(e => e.Rows()).Where(r => IsWanted(r, Texts(parsed, _rows))))
        {
            if (!loaded.TryGetValue(row.Data.Name, out var data))
                loaded[row.Data.Name] = data = FoundData.Find(sets, row.Data.Name);
            rows.Add(new(row, data, data is null ? [] : Runs(row, data, parsed).ToArray()));
        }

        if (rows.Count == 0)
            throw new ArgumentException($"--rows is {string.Join(", ", Texts(parsed, _rows))}; no row of the experiments has that in its name.");
        return new(rows, loaded.Where(d => d.Value is null).Select(d => d.Key).ToArray(), new ResultStore(PathOption.Full(_results.Name, parsed.GetValue(_results))));
    }

    private IEnumerable<PlannedRun> Runs(ExperimentRow row, FoundData data, ParseResult parsed)
    {
        var options = MethodOptions.Resolve(row, data.ClassesOf(row.ScaledData), parsed.GetValue(_threads), parsed.GetValue(_precision));
        for (var seed = 1; seed <= (parsed.GetValue(_seeds) ?? row.Seeds); seed++)
            yield return new(row, new Job(row.System.Method, options, seed, row.ScaledData, data.Hash), data.Files);
    }

    private static bool IsWanted(ExperimentRow row, string[] texts)
        => texts.Length == 0 || texts.Any(t => row.Name.Contains(t, StringComparison.OrdinalIgnoreCase));

    // What takes several texts takes a misspelt option for one of them.
    private string? UnknownOption(ParseResult parsed)
        => parsed.GetValue(_files)!.Where(f => f.StartsWith('-') && !File.Exists(f))
            .Concat(Texts(parsed, _data).Concat(Texts(parsed, _rows)).Where(t => t.StartsWith("--", StringComparison.Ordinal)))
            .FirstOrDefault();

    private static string[] Texts(ParseResult parsed, Option<string[]> option) => parsed.GetValue(option) ?? [];

    private static Dictionary<string, string> Folders(string[] choices)
    {
        var folders = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var choice in choices)
        {
            if (choice.Split('=', 2) is not [{ Length: > 0 } name, { Length: > 0 } folder])
                throw new ArgumentException($"--data is {choice}; it must be NAME=FOLDER.");
            if (!Directory.Exists(folder))
                throw new DirectoryNotFoundException($"--data is {choice}, but there is no folder {Path.GetFullPath(folder)}; name the one with the files of {name}.");
            if (!folders.TryAdd(name, folder))
                throw new ArgumentException($"--data names {name} twice, {folders[name]} and {folder}; give one folder.");
        }

        return folders;
    }

    // A name without a folder is one of the files that come with the program.
    private static string PathOf(string file)
    {
        if (File.Exists(file))
            return file;
        var shipped = Path.Combine(ListCommand.Folder, $"{file}.json");
        return File.Exists(shipped) ? shipped : throw new FileNotFoundException($"There is no file {file}, and no experiment of that name among: {string.Join(", ", ListCommand.Names)}.");
    }
}
