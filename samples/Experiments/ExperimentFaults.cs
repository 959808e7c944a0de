using Microsoft.ML.DeepClustering;

namespace Experiments;

/// <summary>What an experiment asks for that cannot be, or that would change nothing, a sentence each. The options of methods are <see cref="MethodOptions"/>' to check.</summary>
internal static class ExperimentFaults
{
    private const int MaximumSide = 1024;

    private static readonly string[] Published = [.. FigureRow.Measures, "R-OFM slope", "R-OFM R²"];

    public static IReadOnlyList<string> Of(Experiment experiment) =>
    [
        .. OfExperiment(experiment),
        .. experiment.Data.SelectMany(OfData),
        .. experiment.Systems.SelectMany(system => OfSystem(system, [.. experiment.Data.Select(d => d.Called).Distinct()])),
        .. OfRows([.. experiment.Rows()]),
    ];

    private static IEnumerable<string> OfExperiment(Experiment experiment)
    {
        if (experiment.Data.Count == 0 || experiment.Systems.Count == 0)
            yield return $"There are {experiment.Data.Count} data sets and {experiment.Systems.Count} systems; give at least one of each.";
        if (experiment.Seeds < 1)
            yield return $"\"seeds\" is {experiment.Seeds}; it must be 1 or more.";
        if (!Enum.IsDefined(experiment.Compare))
            yield return $"\"compare\" is {experiment.Compare}; it must be {string.Join(" or ", Enum.GetNames(experiment.Compare.GetType()))}.";
        var options = experiment.Options.Select(o => o.Key).Where(o => !o.Equals(nameof(DeepClusteringOptions.NumberOfClusters), StringComparison.OrdinalIgnoreCase)).ToArray();
        if (options.Length > 0 && experiment.Systems.All(s => s.Method == MethodOptions.KMeans))
            yield return $"The options of all systems have {string.Join(", ", options)}, but each system is {MethodOptions.KMeans}, which has {nameof(DeepClusteringOptions.NumberOfClusters)} alone; leave the others out.";
    }

    private static IEnumerable<string> OfData(DataChoice data)
    {
        if (data.Label is { } label && string.IsNullOrWhiteSpace(label))
            yield return $"\"label\" of {data.Name} is '{label}'; give it a name, or leave it out.";
        if (data.Rows < 1)
            yield return $"\"rows\" of {data.Called} is {data.Rows}; it must be 1 or more, or left out for all rows.";
        if (data.Classes?.Count == 0)
            yield return $"\"classes\" of {data.Called} is []; give at least one class, or leave it out for all.";
        if (data.Side is < 2 or > MaximumSide)
            yield return $"\"side\" of {data.Called} is {data.Side}; it must be 2 to {MaximumSide}.";
        if (!IsRange(data))
            yield return OfRange(data.Called, data);
    }

    private static IEnumerable<string> OfSystem(ClusteringSystem system, string[] data)
    {
        if (system.Seeds < 1)
            yield return $"\"seeds\" of '{system.Label}' is {system.Seeds}; it must be 1 or more.";
        if (system.Only?.Count == 0)
            yield return $"\"only\" of '{system.Label}' is []; give at least one data set, or leave it out for all.";
        var unknown = system.Only?.Except(data).ToArray() ?? [];
        if (unknown.Length > 0)
            yield return $"\"only\" of '{system.Label}' has {string.Join(", ", unknown)}; the data sets of the experiment are {string.Join(", ", data)}.";
        var its = system.Only is { Count: > 0 } only ? only : data;
        var others = system.On.Keys.Except(its).ToArray();
        if (others.Length > 0)
            yield return $"\"on\" of '{system.Label}' has {string.Join(", ", others)}; the data sets of the system are {string.Join(", ", its)}.";
    }

    private static IEnumerable<string> OfRows(ExperimentRow[] rows)
    {
        foreach (var row in rows)
        {
            if (row.ScaledData is { Standardized: true } and not { Low: -1, High: 1 })
                yield return $"The data of '{row.Name}' are standardised and have low or high values too; leave one of them out.";
            else if (IsRange(row.Data) && !IsRange(row.ScaledData))
                yield return OfRange($"'{row.Name}'", row.ScaledData);
            foreach (var (measure, value) in row.Particulars.Published)
            {
                if (!Published.Contains(measure, StringComparer.Ordinal))
                    yield return $"\"published\" of '{row.Name}' has {measure}; it can have {string.Join(", ", Published)}.";
                else if (!double.IsFinite(value) || (FigureRow.Measures.Contains(measure) && value is < 0 or > 100))
                    yield return FormattableString.Invariant($"{measure} of '{row.Name}' is published as {value}; it must be a finite number, ACC and NMI in percent from 0 to 100.");
            }
        }

        var twice = rows.GroupBy(r => r.Name).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
            yield return $"There is more than one row '{twice.Key}'; give each system a label of its own, and each form of a data set.";
    }

    // A range beside standardised values is a fault of its own.
    private static bool IsRange(DataChoice data)
        => data.Standardized || (float.IsFinite(data.Low) && float.IsFinite(data.High) && data.Low < data.High);

    private static string OfRange(string name, DataChoice data)
        => FormattableString.Invariant($"\"low\" of {name} is {data.Low} and \"high\" {data.High}; both must be finite, and \"low\" below \"high\".");
}
