
namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>The loss curves of a run: a chart a phase, a line a term.</summary>
internal static class LossCurves
{
    public static IEnumerable<Comparison> From(RunRecord? history)
    {
        var phases = (history?.Epochs ?? []).GroupBy(epoch => epoch.Phase).ToArray();
        foreach (var phase in phases)
        {
            var kept = phase == phases[^1] && history is { BestEpoch: > 0 } ? $"The weights of epoch {history.BestEpoch} were kept." : "";
            yield return new($"Losses, {phase.Key}", Lines(phase.ToArray())) { VerticalAxis = "loss", ValueAxis = ValueAxis.Loss, Description = kept };
        }
    }

    private static List<Series> Lines(EpochRecord[] epochs)
    {
        var terms = epochs.SelectMany(epoch => epoch.Losses.Keys).Distinct().ToArray();
        var lines = terms.Select(term => Line(term, epoch => epoch.Losses.TryGetValue(term, out var loss) ? loss : double.NaN)).ToList();
        // Of one term the total is the term.
        if (terms.Length != 1)
            lines.Add(Line("total", epoch => epoch.TotalLoss));
        if (epochs.Any(epoch => epoch.EvaluationLoss is not null))
            lines.Add(Line("total, evaluated after the epoch", epoch => epoch.EvaluationLoss ?? double.NaN));
        return lines;

        Series Line(string name, Func<EpochRecord, double> value)
            => new(name, Array.ConvertAll(epochs, epoch => new SeriesPoint(epoch.Epoch, value(epoch))));
    }
}
