using System.Text.Json.Serialization;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Options;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering;

/// <summary>What all deep clustering trainers have in common. A trainer copies its options; the caller's object is never changed.</summary>
public abstract class DeepClusteringOptions
{
    private protected DeepClusteringOptions()
    {
    }

    /// <summary>The column of features: a vector of known size of <see cref="float"/>. Default: "Features".</summary>
    public string FeatureColumnName { get; set; } = "Features";

    /// <summary>k, the number of clusters: 2 or more, at most the number of rows. Default: 5, as for ML.NET's K-means.</summary>
    public int NumberOfClusters { get; set; } = 5;

    /// <summary>The name of the column of assigned clusters, a key 1 to k. Null leaves it out. Default: "PredictedLabel".</summary>
    public string? PredictedLabelColumnName { get; set; } = "PredictedLabel";

    /// <summary>The name of the column of k distances, the smallest of which is the assigned cluster's. Null leaves it out. Default: "Score".</summary>
    public string? ScoreColumnName { get; set; } = "Score";

    /// <summary>The name of the column of k soft assignments that sum to 1. Null leaves it out. Default: "Probability".</summary>
    public string? ProbabilityColumnName { get; set; } = "Probability";

    /// <summary>The name of the column of embeddings. Null leaves it out. Default: "Embedding".</summary>
    public string? EmbeddingColumnName { get; set; } = "Embedding";

    /// <summary>
    /// The shape of the images in the feature column. Default: null, which takes the dimensions of the column's vector type,
    /// (channels, height, width), (height, width, channels) when the last alone is 1, 3 or 4, or (height, width); a flat vector is no image.
    /// Three dimensions of which neither the first nor the last is 1, 3 or 4 are taken as (channels, height, width) when the first is the
    /// smallest; others need this option.
    /// </summary>
    public ImageShape? ImageShape { get; set; }

    /// <summary>The network. Default: by the shape of the features.</summary>
    public NetworkKind Network { get; set; } = NetworkKind.Auto;

    /// <summary>The distribution of the initial weights. Default: He normal.</summary>
    public WeightInitialization Initialization { get; set; } = WeightInitialization.HeNormal;

    /// <summary>
    /// The numbers of the large products in training; the model and scoring are in float32 either way. Where the processor has no fast bfloat16
    /// the log says so. Default: Float32.
    /// </summary>
    public NumericPrecision Precision { get; set; } = NumericPrecision.Float32;

    /// <summary>Rows a training step, 2 or more. When the data have fewer rows, all are one batch. Default: the method's.</summary>
    public int BatchSize { get; set; }

    /// <summary>Adam's learning rate, above 0. Default: the method's.</summary>
    public double LearningRate { get; set; }

    /// <summary>The number of trainings from different random starts, 1 or more; the one of lowest total loss is kept. The papers make 20. Default: 1.</summary>
    public int NumberOfRuns { get; set; } = 1;

    /// <summary>The seed of the first run; the others count up from it. Default: null, drawn from the MLContext's.</summary>
    public int? Seed { get; set; }

    /// <summary>
    /// Threads of libtorch during training, 1 or more. Only this training has that number: other threads of the program keep theirs, and the
    /// thread that trains has its own again afterwards. Results are the same bit for bit only for the same number. Default: null, as it is.
    /// </summary>
    public int? NumberOfThreads { get; set; }

    /// <summary>Rows a forward pass when data are scored, 1 or more. Default: 256.</summary>
    public int ScoringBatchSize { get; set; } = 256;

    /// <summary>
    /// Whether each epoch's record has the feature drift and the objective function mismatch between the clustering loss and the auxiliary one
    /// (Trosten et al. 2021, Equations 9 and 10). It takes two more backward passes a step and changes nothing of the training. Default: false.
    /// </summary>
    public bool RecordMismatch { get; set; }

    /// <summary>
    /// Whether each epoch's record has measures of its clusters over all rows: those that need no labels, and with <see cref="LabelColumnName"/>
    /// those against classes. It takes a pass over the data an epoch and changes nothing of the training. Default: false.
    /// </summary>
    public bool RecordPerformance { get; set; }

    /// <summary>
    /// The column of known classes for <see cref="RecordPerformance"/>: a key, a single number, a bool or a text. They are only compared with,
    /// never trained on. Default: null, none.
    /// </summary>
    public string? LabelColumnName { get; set; }

    /// <summary>Where the features of all rows are kept during training, for data larger than memory. Not saved. Default: by their size.</summary>
    [JsonIgnore]
    public FeatureStorage FeatureStorage { get; set; } = FeatureStorage.Auto;

    /// <summary>
    /// A file that the state of the training is written to, so that a training that was killed goes on from there when it is started again with
    /// the same options and data, and ends bit for bit where it would have ended. It is replaced whole or not at all, and stays when the
    /// training has ended: the next <c>Fit</c> then only reads the model from it; delete it to train anew. One training at a time may use it.
    /// Not saved. Default: null, none.
    /// </summary>
    [JsonIgnore]
    public string? CheckpointPath { get; set; }

    /// <summary>
    /// Epochs from one checkpoint to the next, 1 or more; besides there is one after each phase and each run. Not saved. Default: 1.
    /// </summary>
    [JsonIgnore]
    public int CheckpointInterval { get; set; } = 1;

    /// <summary>Hears of progress after each batch and each epoch, on the thread that trains. Not saved. Default: null.</summary>
    [JsonIgnore]
    public IProgress<TrainingProgress>? Progress { get; set; }

    /// <summary>Ends the training within one batch, with an <see cref="OperationCanceledException"/>. Not saved. Default: none.</summary>
    [JsonIgnore]
    public CancellationToken CancellationToken { get; set; }

    /// <summary>The name of the method, the same in code, files and documentation.</summary>
    internal string MethodName => NameOf(GetType());

    /// <summary>Builds the method's networks for a shape, with memory for weights that are not yet drawn.</summary>
    internal abstract ClusteringMethod CreateMethod(InputShape shape);

    /// <summary>What the method's networks need done to features of a shape before they take them.</summary>
    /// <exception cref="ArgumentException">The network that was asked for cannot take this shape.</exception>
    internal virtual InputPreparation PreparationFor(InputShape shape) => InputPreparation.None;

    /// <summary>The generated serializers of options that are not the library's own; null for those that are.</summary>
    internal virtual JsonSerializerContext? OwnSerializers => null;

    /// <summary>The option that sets the steps of a phase, and its value.</summary>
    internal virtual (string Option, double Value) LearningRateOf(string phase) => (nameof(LearningRate), LearningRate);

    /// <summary>Adds each rule that the values of these options break.</summary>
    internal virtual void Validate(OptionFaults faults)
    {
        faults.Require(!string.IsNullOrEmpty(FeatureColumnName), nameof(FeatureColumnName), FeatureColumnName, "the name of a column");
        faults.AtLeast(NumberOfClusters, 2, nameof(NumberOfClusters));
        faults.AtLeast(BatchSize, 2, nameof(BatchSize));
        faults.Positive(LearningRate, nameof(LearningRate));
        faults.AtLeast(NumberOfRuns, 1, nameof(NumberOfRuns));
        faults.AtLeast(NumberOfThreads ?? 1, 1, nameof(NumberOfThreads));
        faults.AtLeast(ScoringBatchSize, 1, nameof(ScoringBatchSize));
        faults.Require(CheckpointPath is not "", nameof(CheckpointPath), "\"\"", "the path of a file, or null");
        faults.AtLeast(CheckpointInterval, 1, nameof(CheckpointInterval));
        faults.Known(FeatureStorage, nameof(FeatureStorage));
        faults.Known(Network, nameof(Network));
        faults.Known(Precision, nameof(Precision));
        faults.Known(Initialization, nameof(Initialization));
        if (ImageShape is { } image)
            faults.Require(image.Channels > 0 && image.Height > 0 && image.Width > 0, nameof(ImageShape), image, "channels, height and width of 1 or more");
        ValidateOutputColumns(faults);
    }

    /// <summary>The name of the method whose options a type is: a class XOptions is the method X.</summary>
    internal static string NameOf(Type options) => options.Name[..^"Options".Length];

    /// <summary>The column of known classes that a training is compared with; null when it records no performance.</summary>
    internal string? ComparedColumnName => RecordPerformance ? LabelColumnName : null;

    /// <summary>An independent copy; the callbacks are shared.</summary>
    internal DeepClusteringOptions Copy() => (DeepClusteringOptions)MemberwiseClone();

    private void ValidateOutputColumns(OptionFaults faults)
    {
        string?[] names = [PredictedLabelColumnName, ScoreColumnName, ProbabilityColumnName, EmbeddingColumnName];
        var given = names.Where(n => n != null).ToArray();
        faults.Require(given.Length > 0, nameof(PredictedLabelColumnName), "null", "a name for at least one output column");
        faults.Require(given.All(n => n!.Length > 0), nameof(PredictedLabelColumnName), "\"\"", "output column names that are not empty, or null to leave one out");
        faults.Require(given.Distinct().Count() == given.Length, nameof(PredictedLabelColumnName), string.Join(", ", given), "output columns with different names");
    }
}
