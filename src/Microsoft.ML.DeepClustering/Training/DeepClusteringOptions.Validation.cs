using Microsoft.ML.DeepClustering.Options;

namespace Microsoft.ML.DeepClustering;

// The rules of the options.
public abstract partial class DeepClusteringOptions
{
    private const int MaximumHiddenLayers = 20;

    // libtorch starts them all, for each thread that trains, and ends the process where the system refuses one.
    private const int MaximumThreads = 1024;

    /// <summary>Adds each rule that the values of these options break.</summary>
    internal virtual void Validate(OptionFaults faults)
    {
        faults.Require(!string.IsNullOrEmpty(FeatureColumnName), nameof(FeatureColumnName), FeatureColumnName, "the name of a column");
        faults.Require(ExampleWeightColumnName is not "", nameof(ExampleWeightColumnName), "\"\"", "the name of a column, or null");
        faults.AtLeast(NumberOfClusters, 2, nameof(NumberOfClusters));
        faults.AtLeast(NumberOfEpochs ?? MinimumEpochs, MinimumEpochs, nameof(NumberOfEpochs));
        faults.AtLeast(BatchSize ?? 2, 2, nameof(BatchSize));
        faults.Positive(LearningRate, nameof(LearningRate));
        faults.AtLeast(NumberOfRuns, 1, nameof(NumberOfRuns));
        faults.Known(RunCriterion, nameof(RunCriterion));
        faults.Require((NumberOfThreads ?? 1) is >= 1 and <= MaximumThreads, nameof(NumberOfThreads), NumberOfThreads, $"1 to {MaximumThreads}");
        faults.AtLeast(ScoringBatchSize, 1, nameof(ScoringBatchSize));
        faults.Require(LabelColumnName is not "", nameof(LabelColumnName), "\"\"", "the name of a column, or null");
        faults.Path(CheckpointPath, nameof(CheckpointPath), "the path of a file, or null");
        faults.AtLeast(CheckpointInterval, 1, nameof(CheckpointInterval));
        ValidateExecutor(faults);
        faults.Known(FeatureStorage, nameof(FeatureStorage));
        faults.Known(Network, nameof(Network));
        if (HiddenLayers is { } widths)
            faults.Require(widths.Length is >= 1 and <= MaximumHiddenLayers && widths.All(w => w >= 1), nameof(HiddenLayers), $"[{string.Join(", ", widths.Take(MaximumHiddenLayers + 1))}]", $"1 to {MaximumHiddenLayers} widths of 1 or more, or null");
        faults.Known(Precision, nameof(Precision));
        faults.Known(Initialization, nameof(Initialization));
        faults.Known(Normalization, nameof(Normalization));
        if (ImageShape is { } image)
            faults.Require(image.Channels > 0 && image.Height > 0 && image.Width > 0, nameof(ImageShape), image, "channels, height and width of 1 or more");
        ValidateOutputColumns(faults);
    }

    private void ValidateExecutor(OptionFaults faults)
    {
        if (RunExecutor is null)
            return;
        faults.Require(RunExecutor.ThreadsPerRun is >= 1 and <= MaximumThreads, $"{nameof(RunExecutor)}.{nameof(RunExecutor.ThreadsPerRun)}", RunExecutor.ThreadsPerRun, $"1 to {MaximumThreads}");
        faults.Require(RunExecutor.CheckpointPeriod >= TimeSpan.Zero, $"{nameof(RunExecutor)}.{nameof(RunExecutor.CheckpointPeriod)}", RunExecutor.CheckpointPeriod, "zero or more");
        faults.Require(CheckpointPath is null, nameof(CheckpointPath), CheckpointPath, $"null where {nameof(RunExecutor)} is set, because each run has a checkpoint of its own there");
        faults.Require(OwnSerializers is null, nameof(RunExecutor), "set", $"null for {MethodName}, which is not a method of the library: a worker would not know it");
    }

    private void ValidateOutputColumns(OptionFaults faults)
    {
        (string Option, string? Name)[] columns =
        [
            (nameof(PredictedLabelColumnName), PredictedLabelColumnName), (nameof(ScoreColumnName), ScoreColumnName),
            (nameof(ProbabilityColumnName), ProbabilityColumnName), (nameof(EmbeddingColumnName), EmbeddingColumnName),
        ];
        foreach (var (option, _) in columns.Where(c => c.Name is ""))
            faults.Require(false, option, "\"\"", "the name of a column, not empty, or null to leave it out");
        var given = columns.Select(c => c.Name).Where(n => n != null).ToArray();
        faults.Require(given.Length > 0, nameof(PredictedLabelColumnName), "null", "a name for at least one output column");
        faults.Require(given.Distinct().Count() == given.Length, nameof(PredictedLabelColumnName), string.Join(", ", given), "output columns with different names");
    }
}
