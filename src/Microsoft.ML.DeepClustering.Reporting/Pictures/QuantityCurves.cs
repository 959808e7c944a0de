
namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>What a method counts besides losses, by epoch, or by step where it counts steps: a chart a quantity, but for those of DynAE that belong together.</summary>
internal static class QuantityCurves
{
    private const string Steps = "steps";
    private const string ConflictedRows = "Conflicted rows";

    public static IEnumerable<Comparison> From(RunRecord? history)
    {
        foreach (var phase in (history?.Epochs ?? []).Where(epoch => epoch.Quantities is not null).GroupBy(epoch => epoch.Phase))
        {
            var epochs = phase.ToArray();
            foreach (var chart in epochs.SelectMany(epoch => epoch.Quantities!.Keys).Distinct().Where(name => name != Steps).GroupBy(Title))
            {
                yield return new($"{chart.Key}, {phase.Key}", chart.Select(name => Line(name, epochs)).ToArray())
                {
                    HorizontalAxis = HasSteps(epochs[0]) ? "step" : "epoch",
                    VerticalAxis = chart.Key == ConflictedRows ? "rows" : "value",
                };
            }
        }
    }

    private static string Title(string quantity) => quantity switch
    {
        "conflicted" or "tolerated" => ConflictedRows,
        "confidence" or "margin" => "Bounds of a clear row",
        _ => $"{char.ToUpperInvariant(quantity[0])}{quantity[1..]}",
    };

    private static bool HasSteps(EpochRecord epoch) => epoch.Quantities!.ContainsKey(Steps);

    private static Series Line(string name, EpochRecord[] epochs) => new(name, Array.ConvertAll(epochs, epoch =>
        new SeriesPoint(HasSteps(epoch) ? epoch.Quantities![Steps] : epoch.Epoch, epoch.Quantities!.TryGetValue(name, out var value) ? value : double.NaN)));
}
