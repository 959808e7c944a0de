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
        if (parsed.GetValue(_seeds) < 1 || parsed.GetValue(_threads) < 1)
            throw new ArgumentException($"--seeds is {parsed.GetValue(_seeds)} and --threads {parsed.GetValue(_threads)}; both must be 1 or more.");
        if (parsed.GetValue(_precision) is { } precision && !Enum.IsDefined(precision))
            throw new ArgumentException($"--precision is {precision}; it must be {NumericPrecision.Float32} or {NumericPrecision.BFloat16}.");
        var sets = new DataSets(Folders(parsed.GetValue(_data) ?? []), parsed.GetValue(_root));
        var experiments = parsed.GetValue(_files)!.Select(f => Experiment.Read(PathOf(f))).ToArray();
        var loaded = new Dictionary<string, FoundData?>(StringComparer.Ordinal);
        var rows = new List<PlannedRow>();
        foreach (var row in experiments.SelectMany(e => e.Rows()).Where(r => IsWanted(r, parsed.GetValue(_rows) ?? [])))
        {
            if (!loaded.TryGetValue(row.Data.Name, out var data))
                loaded[row.Data.Name] = data = FoundData.Find(sets, row.Data.Name);
            rows.Add(new(row, data, data is null ? [] : Runs(row, data, parsed).ToArray()));
        }

        if (rows.Count == 0)
            throw new ArgumentException($"--rows is {string.Join(", ", parsed.GetValue(_rows)!)}; no row of the experiments has that in its name.");
        return new(rows, loaded.Where(d => d.Value is null).Select(d => d.Key).ToArray(), new ResultStore(Path.GetFullPath(parsed.GetValue(_results)!)));
    }

    private IEnumerable<PlannedRun> Runs(ExperimentRow row, FoundData data, ParseResult parsed)
    {
        var options = MethodOptions.Resolve(row, data.ClassesOf(row.Data), parsed.GetValue(_threads), parsed.GetValue(_precision));
        for (var seed = 1; seed <= (parsed.GetValue(_seeds) ?? row.Seeds); seed++)
            yield return new(row, new Job(row.System.Method, options, seed, row.ScaledData, data.Hash), data.Files);
    }

    private static bool IsWanted(ExperimentRow row, string[] texts)
        => texts.Length == 0 || texts.Any(t => row.Name.Contains(t, StringComparison.OrdinalIgnoreCase));

    private static Dictionary<string, string> Folders(string[] choices) => choices.ToDictionary(
        c => c.Split('=', 2)[0],
        c => c.Split('=', 2) is [_, { Length: > 0 } folder] ? folder : throw new ArgumentException($"--data is {c}; it must be NAME=FOLDER."),
        StringComparer.Ordinal);

    // A name without a folder is one of the files that come with the program.
    private static string PathOf(string file)
    {
        if (File.Exists(file))
            return file;
        var shipped = Path.Combine(ListCommand.Folder, $"{file}.json");
        return File.Exists(shipped) ? shipped : throw new FileNotFoundException($"There is no file {file}, and no experiment of that name among: {string.Join(", ", ListCommand.Names)}.");
    }
}
