namespace Experiments;

/// <summary>All that was asked for.</summary>
/// <param name="Rows">The rows of all tables.</param>
/// <param name="Absent">Data sets that are not there.</param>
/// <param name="Store">Where results lie.</param>
internal sealed record Plan(IReadOnlyList<PlannedRow> Rows, IReadOnlyList<string> Absent, ResultStore Store)
{
    public IReadOnlyList<PlannedRun> Runs => Rows.SelectMany(r => r.Runs).ToArray();
}

/// <summary>A row of a table and its runs, none where its data are absent.</summary>
internal sealed record PlannedRow(ExperimentRow Row, FoundData? Data, IReadOnlyList<PlannedRun> Runs)
{
    /// <summary>The results there are, by seed.</summary>
    public IReadOnlyList<RunResult> Results(ResultStore store) => Runs.Select(r => r.FindIn(store)).OfType<RunResult>().ToArray();
}

/// <summary>A run and the files of its data.</summary>
internal sealed record PlannedRun(ExperimentRow Row, Job Job, IReadOnlyList<string> Files)
{
    /// <summary>Its result, or null when it was not finished.</summary>
    public RunResult? FindIn(ResultStore store) => store.Find(Job, inAnyPrecision: !Row.HasPrecision);
}

/// <summary>A data set that is there.</summary>
internal sealed record FoundData(IReadOnlyList<string> Files, string Hash, LabelledRows Rows)
{
    public static FoundData? Find(DataSets sets, string name)
        => sets.Find(name) is { } files ? new FoundData(files, DataSets.Hash(files), DataSets.Read(name, files)) : null;

    /// <summary>The number of classes, which is the number of clusters where a system sets no other.</summary>
    /// <exception cref="InvalidDataException">The data have not what the choice takes.</exception>
    public int ClassesOf(DataChoice choice)
    {
        Rows.Require(choice);
        return Rows.Part(choice.Classes, choice.Rows).Classes;
    }
}
