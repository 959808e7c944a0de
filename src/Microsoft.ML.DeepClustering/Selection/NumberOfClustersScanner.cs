using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Execution;
using Microsoft.ML.DeepClustering.Methods.Pretraining;
using Microsoft.ML.DeepClustering.Metrics.Partition;
using Microsoft.ML.DeepClustering.Options;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.DeepClustering.Selection;

/// <summary>Reads the data once and trains a method on them for each number of clusters and seed.</summary>
internal sealed class NumberOfClustersScanner(IHostEnvironment environment, DeepClusteringOptions options, int from, int to, int numberOfSeeds)
{
    // p where the options leave it to the number of clusters: that of the DEC family.
    private const int FixedEmbeddingSize = 10;

    /// <summary>Throws for bad input before any training, and when all trainings fail.</summary>
    public NumberOfClustersScan Run(IDataView input)
    {
        Validate();
        var column = FeatureColumn.Find(input.Schema, options.FeatureColumnName);
        var shape = FeatureColumn.ShapeOf(column, options.ImageShape);
        _ = options.PreparationFor(shape);
        var host = environment.Register(nameof(NumberOfClustersCatalog.ScanNumberOfClusters));
        using var channel = host.Start("Scan");
        var training = TrainingChannel.CreateEnvironment(environment, channel, options.Seed ?? host.Rand.Next());
        ExecutedRuns.RequireUsable(options.RunExecutor, training.Device);
        using var data = new TrainingReader(column, shape, options.FeatureStorage, LabelColumn.Find(input.Schema, options.ComparedColumnName), options.CancellationToken)
        {
            Weight = WeightColumn.Find(input.Schema, options.ExampleWeightColumnName),
        }.Read(input);
        FeatureScale.Warn(data.Features, column.Name, training.Warn);
        var rows = data.Features.Count;
        data.LogLeftOut(training.Log);
        if (rows < to)
            throw new InvalidOperationException(TooFewRows(rows, data.Those));
        using var pretrained = new PretrainedAutoencoders();
        var shared = Shared(shape.Layout, pretrained);
        using var made = options.RunExecutor is null ? null : MakeAll(data, shape, training, shared);
        return Scan(new ScanTraining(data, shape, training, shared) { Made = made });
    }

    private string TooFewRows(long rows, string those)
    {
        var found = $"The scan goes from {from} to {to} clusters, but the data have {(rows == 1 ? "1 row" : $"{rows} rows")}{those}; ";
        return found + (rows >= from ? $"end it at {rows} or less, or bring more rows." : $"bring at least {to} rows.");
    }

    // An executor makes the runs of all trainings at once. Each pretrains for itself, which gives the same bit for bit.
    private ExecutedRuns MakeAll(TrainingData data, InputShape shape, TrainingEnvironment training, DeepClusteringOptions shared)
    {
        var numbers = Enumerable.Range(from, to - from + 1);
        var runs = from k in numbers
                   from index in Enumerable.Range(0, numberOfSeeds)
                   let seed = SeedOf(training, index)
                   from run in RunsElsewhere.Plan(ScanTraining.OptionsOf(shared, k), seed, ScanTraining.NameOf(k, seed))
                   select run;
        using var session = TorchSession.ForTraining(options.ThreadsOfARun);
        return new ExecutedRuns([.. runs], shared, shape, data.Features, data.Classes, training.Outside(session));
    }

    private NumberOfClustersScan Scan(ScanTraining training)
    {
        var results = new List<ScannedNumberOfClusters>();
        for (var k = from; k <= to; k++)
        {
            results.Add(ScanOne(training, k));
            training.Environment.Log(results[^1].ToString());
        }

        if (results.All(r => r.NumberOfFailures == numberOfSeeds))
            throw new InvalidOperationException($"All {results.Count * numberOfSeeds} trainings of the scan failed. The last: {results[^1].Trainings[^1].Failure}");
        var (suggestion, reason) = SuggestionRule.Choose(results);
        training.Environment.Log(reason);
        return new(results, suggestion, reason);
    }

    private ScannedNumberOfClusters ScanOne(ScanTraining training, int k)
    {
        var trainings = new List<ScannedTraining>();
        var labels = new List<int[]>();
        for (var index = 0; index < numberOfSeeds; index++)
        {
            var first = ((k - from) * numberOfSeeds + index) * options.NumberOfRuns;
            var (found, clusters) = training.Run(k, SeedOf(training.Environment, index), first);
            trainings.Add(found);
            if (found.Failure == null)
                labels.Add(clusters);
        }

        return new(k, trainings, PartitionAgreement.MeanOfPairs(labels, k));
    }

    // The runs of a training count up from its seed.
    private int SeedOf(TrainingEnvironment training, int index) => unchecked(training.Seed + index * options.NumberOfRuns);

    // What all trainings have in common: the caller's options with what the scan fixes.
    private DeepClusteringOptions Shared(ImageShape? image, PretrainedAutoencoders pretrained)
    {
        var shared = options.Copy();
        shared.ImageShape = image;
        shared.Pretrained = pretrained;
        if (shared is AutoencoderFamilyOptions autoencoder)
            autoencoder.EmbeddingSize ??= FixedEmbeddingSize;
        else if (shared is DepictOptions depict)
            depict.EmbeddingSize ??= FixedEmbeddingSize;
        return shared;
    }

    private void Validate()
    {
        var faults = new OptionFaults();
        faults.AtLeast(from, 2, nameof(from));
        faults.Require(to >= from, nameof(to), to, $"{from} (from) or more");
        faults.AtLeast(numberOfSeeds, 1, nameof(numberOfSeeds));
        faults.Require(options.CheckpointPath is null, nameof(options.CheckpointPath), options.CheckpointPath, "null, because a scan makes many trainings");
        faults.Require(options.FolderOfPretraining is null, nameof(AutoencoderFamilyOptions.PretrainingFolder), options.FolderOfPretraining, "null, because the trainings of a scan share their pretraining by themselves");
        faults.Require(options is not AutoencoderFamilyOptions { UnseenRule: not null }, "Unseen", "set", "null, because a scan gives the number of clusters itself");
        var checkedOptions = options.Copy();
        checkedOptions.NumberOfClusters = Math.Max(2, from);
        checkedOptions.Validate(faults);
        faults.ThrowIfAny($"a scan of {options.MethodName}");
    }
}
