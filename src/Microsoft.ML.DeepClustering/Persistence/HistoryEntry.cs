using System.Text.Json;

namespace Microsoft.ML.DeepClustering.Persistence;

/// <summary>The entry of a model's training history.</summary>
internal static class HistoryEntry
{
    public const string Name = "History.json";

    public static byte[] Write(TrainingHistory history) => EntryJson.Model.Write(history);

    /// <summary>A history whose best run, epochs and losses can be read; their numbers may be NaN, as those of a failed run are.</summary>
    public static TrainingHistory Read(byte[] content)
    {
        try
        {
            var history = EntryJson.Model.Read<TrainingHistory>(content);
            if (history.BestRunIndex < 0 || history.BestRunIndex >= history.Runs.Count)
                throw ModelFile.Damaged(Name, $"it has {history.Runs.Count} runs, and the best is said to have index {history.BestRunIndex}");
            for (var run = 0; run < history.Runs.Count; run++)
                Check(history.Runs[run], run);
            return history;
        }
        catch (JsonException e)
        {
            throw ModelFile.Damaged(Name, EntryJson.Explain(e));
        }
    }

    // The reader of JSON refuses null for a value that may not be null, but not for an item of a list.
    private static void Check(RunRecord? run, int index)
    {
        if (run is null)
            throw ModelFile.Damaged(Name, $"run {index} is null");
        if (run.BestEpoch < 0)
            throw ModelFile.Damaged(Name, $"the best epoch of run {index} is {run.BestEpoch}, not 0 or more");
        foreach (EpochRecord? epoch in run.Epochs)
        {
            if (epoch is null || epoch.Epoch < 1)
                throw ModelFile.Damaged(Name, $"an epoch of run {index} is {epoch?.Epoch.ToString() ?? "null"}, not 1 or more");
            if (epoch.Performance is { } measures && !measures.Keys.All(Enum.IsDefined))
                throw ModelFile.Damaged(Name, $"an epoch of run {index} has a measure that is not one of {string.Join(", ", Enum.GetNames<PerformanceMeasure>())}");
        }
    }
}
