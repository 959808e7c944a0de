using System.Text.Json.Serialization;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering;

/// <summary>Options that all deep clustering trainers share. A trainer copies them and never changes the caller's object.</summary>
public abstract partial class DeepClusteringOptions
{
    private protected DeepClusteringOptions()
    {
    }

    /// <summary>The column of features, not empty: a vector of known size of <see cref="float"/>. Default: "Features".</summary>
    public string FeatureColumnName { get; set; } = "Features";

    /// <summary>
    /// The column of how much each row counts, not empty: a single <see cref="float"/>, finite, 0 or more; only the ratios matter. A row of weight 2 counts as two rows
    /// in k-means, in the means over rows of every loss, in the targets of the DEC family and in the kernels of the DDC family; a row of weight 0 is left out
    /// of the training. Rules and measures that count rows, mini-batches, batch normalization, kernel widths, the mean distance of pairs of rows in the loss of Unseen, the critic of adversarial interpolation and DEPICT's agglomeration take each row once; DCN's
    /// centroids begin with a count of 100 whatever the weights, which are 1 in the mean.
    /// Null: all rows count alike. Default: null.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string? ExampleWeightColumnName { get; set; }

    /// <summary>k, the number of clusters: 2 or more, at most the number of rows. Default: 5, as for ML.NET's K-means.</summary>
    public int NumberOfClusters { get; set; } = 5;

    /// <summary>The name of the column of assigned clusters, a key 1 to k; not empty, null leaves it out. Default: "PredictedLabel".</summary>
    public string? PredictedLabelColumnName { get; set; } = "PredictedLabel";

    /// <summary>The name of the column of k squared distances (DDC family, Depict: of the probabilities from the corner of the simplex that is the cluster's, 0 to 2; Vade: negative logarithms of densities), the smallest of which is the assigned cluster's; not empty, null leaves it out. Default: "Score".</summary>
    public string? ScoreColumnName { get; set; } = "Score";

    /// <summary>The name of the column of k soft assignments that sum to 1; not empty, null leaves it out. Default: "Probability".</summary>
    public string? ProbabilityColumnName { get; set; } = "Probability";

    /// <summary>The name of the column of embeddings; not empty, null leaves it out. Default: "Embedding".</summary>
    public string? EmbeddingColumnName { get; set; } = "Embedding";

    /// <summary>
    /// The shape of the images in the feature column, each size 1 or more. Null takes the dimensions of the column's vector type,
    /// (channels, height, width), (height, width, channels) when the last alone is 1, 3 or 4, or (height, width); a vector of which at most one dimension is above 1
    /// is not an image. Three dimensions of which neither the first nor the last is 1, 3 or 4 are taken as (channels, height, width) when the first is the
    /// smallest; others need this option. The same sizes in another order than the column's are an error. Default: null.
    /// </summary>
    public ImageShape? ImageShape { get; set; }

    /// <summary>The network. Default: <see cref="NetworkKind.Auto"/>, by the shape of the features.</summary>
    public NetworkKind Network { get; set; } = NetworkKind.Auto;

    /// <summary>
    /// The widths of the multilayer perceptron's hidden layers from the input on, 1 to 20 of them, each 1 or more; a decoder mirrors them. It must be null where
    /// the convolutional network is taken, which has none. Null is 500, 500, 2000, as in Xie et al. 2016, Section 4.3. Copied with the options. Default: null.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int[]? HiddenLayers { get; set; }

    /// <summary>The distribution of the initial weights. Default: the method's own.</summary>
    public WeightInitialization Initialization { get; set; } = WeightInitialization.HeNormal;

    /// <summary>The constants of batch normalisation, which DDC's convolutional network and clustering module have; without effect where there is none. Default: <see cref="NormalizationConstants.PyTorch"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public NormalizationConstants Normalization { get; set; }

    /// <summary>
    /// The number of epochs, 1 or more; where a method has pretraining, those after it. Some methods end earlier by a rule of their own.
    /// Null: the number that the method's options name, or more for 200 training steps. Default: null.
    /// </summary>
    public int? NumberOfEpochs { get; set; }

    /// <summary>
    /// The numbers of the large products in training; the model and scoring are in float32 either way. Where the processor has no fast bfloat16
    /// the log says so. Default: <see cref="NumericPrecision.Float32"/>.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public NumericPrecision Precision { get; set; } = NumericPrecision.Float32;

    /// <summary>
    /// Rows a training step, 2 or more. When the data have fewer rows, all are one batch. Null: the number that the method's options name, and
    /// fewer for few rows. Default: null.
    /// </summary>
    public int? BatchSize { get; set; }

    /// <summary>The learning rate, above 0. Default: the method's own.</summary>
    public double LearningRate { get; set; }

    /// <summary>
    /// The number of trainings from different random starts, 1 or more; <see cref="RunCriterion"/> says which is kept. Trosten et al. have 20, other papers 10. Default: 1.
    /// </summary>
    public int NumberOfRuns { get; set; } = 1;

    /// <summary>Which of several runs is kept. Default: <see cref="RunCriterion.LowestLoss"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public RunCriterion RunCriterion { get; set; }

    /// <summary>The seed of the first run, any integer; the others count up from it. Null draws it from the MLContext's. Default: null.</summary>
    public int? Seed { get; set; }

    /// <summary>
    /// Threads of libtorch during training, 1 to 1024; more than the machine has cores make it slower. Only this training has that number: other threads of the program keep theirs, and the
    /// thread that trains has its own again afterwards. Results are the same bit for bit only for the same number. Null leaves it as it is.
    /// Default: null.
    /// </summary>
    public int? NumberOfThreads { get; set; }

    /// <summary>Rows a forward pass when data are scored, 1 or more. Default: 256.</summary>
    public int ScoringBatchSize { get; set; } = 256;

    /// <summary>
    /// Whether each epoch's record has the feature drift and the objective function mismatch between the clustering loss and the auxiliary one
    /// (Trosten et al. 2021, Equations 9 and 10). It takes two more backward passes a step and does not change the training. Default: false.
    /// </summary>
    public bool RecordMismatch { get; set; }

    /// <summary>
    /// Whether each epoch's record has measures of its clusters over all rows: those that need no labels, and with <see cref="LabelColumnName"/>
    /// those against classes. It takes a pass over the data an epoch and does not change the training. Default: false.
    /// </summary>
    public bool RecordPerformance { get; set; }

    /// <summary>
    /// The column of known classes for <see cref="RecordPerformance"/>, not empty: a key, a single number, a bool, a text or a time. They are only
    /// compared with, never trained on. Null is none. Default: null.
    /// </summary>
    public string? LabelColumnName { get; set; }

    /// <summary>Where the features of all rows are kept during training, for data larger than memory. Not saved. Default: <see cref="FeatureStorage.Auto"/>, by their size.</summary>
    [JsonIgnore]
    public FeatureStorage FeatureStorage { get; set; } = FeatureStorage.Auto;

    /// <summary>
    /// A file that the state of the training is written to, not empty, so that a training that was killed goes on from there when it is started again with
    /// the same options and data, and ends bit for bit where it would have ended; the log says where another processor, device, version or number of threads may change that. It is replaced whole or not at all, and stays when the
    /// training has ended: the next <c>Fit</c> then only reads the model from it; delete it to train anew. One training at a time may use it: a second one of the same process is refused.
    /// Not saved. Null is none. Default: null.
    /// </summary>
    [JsonIgnore]
    public string? CheckpointPath { get; set; }

    /// <summary>
    /// Epochs from one checkpoint to the next, 1 or more. The end of each phase and of each run is always saved. Not saved. Default: 1.
    /// </summary>
    [JsonIgnore]
    public int CheckpointInterval { get; set; } = 1;

    /// <summary>
    /// What makes the runs in other processes or on other machines, such as a <see cref="ChildProcessExecutor"/>, on their CPUs. Null makes them in the thread
    /// that trains, one after another. The result is the same bit for bit, on processors of one kind and with the same number of threads a run: where
    /// <see cref="NumberOfThreads"/> is null, <see cref="RunExecutor.ThreadsPerRun"/>. <see cref="CheckpointPath"/> must be null then, since each run has a
    /// checkpoint of its own. Not saved. Default: null.
    /// </summary>
    [JsonIgnore]
    public RunExecutor? RunExecutor { get; set; }

    /// <summary>Is told of progress after each batch and each epoch, on the thread that trains. Not saved. Default: null.</summary>
    [JsonIgnore]
    public IProgress<TrainingProgress>? Progress { get; set; }

    /// <summary>Ends the training within one batch, with an <see cref="OperationCanceledException"/>. Not saved. Default: <see cref="CancellationToken.None"/>.</summary>
    [JsonIgnore]
    public CancellationToken CancellationToken { get; set; }

    /// <summary>The folder of <see cref="Pretrained"/>; null for none.</summary>
    internal virtual string? FolderOfPretraining => null;

    /// <summary>Networks that trainings on the same data share; null when each pretrains for itself.</summary>
    [JsonIgnore]
    internal IPretrainedNetworks? Pretrained { get; set; }

    /// <summary>The name of the method, the same in code, files and documentation.</summary>
    internal string MethodName => NameOf(GetType());

    /// <summary>Creates the method's networks for a shape; <see cref="ClusteringMethod.Initialize"/> draws their weights.</summary>
    internal abstract ClusteringMethod CreateMethod(InputShape shape);

    /// <summary>The slope of a multilayer perceptron's ReLU for negative values.</summary>
    internal virtual double ReluSlope => 0;

    /// <summary>Whether versions that read models up to format 2 do not know a value of these options.</summary>
    internal virtual bool NeedsFormat3 => Initialization == WeightInitialization.PyTorch || Normalization != NormalizationConstants.PyTorch;

    /// <summary>The smallest <see cref="NumberOfEpochs"/>.</summary>
    internal virtual int MinimumEpochs => 1;

    /// <summary>The least number of epochs where <see cref="NumberOfEpochs"/> is null.</summary>
    internal virtual int UsualEpochs => MinimumEpochs;

    /// <summary>The number of epochs for so many rows.</summary>
    internal int EpochsFor(long rows) => NumberOfEpochs ?? LengthRule.Epochs(UsualEpochs, LengthRule.Steps, rows, BatchSizeFor(rows));

    /// <summary><see cref="BatchSize"/> for a message; where it is null, what many rows have.</summary>
    internal string BatchSizeText => BatchSize is { } size ? $"{size}" : $"null, which is {BatchSizeFor(int.MaxValue)} at most";

    /// <summary>What to change where the memory does not suffice, as the start of a sentence.</summary>
    internal string MemoryAdvice
    {
        get
        {
            string[] sizes = [$"BatchSize ({BatchSizeText})", $"ScoringBatchSize ({ScoringBatchSize})", .. SizesOfTheNetwork];
            return $"lower {string.Join(", ", sizes[..^1])} or {sizes[^1]}{(FeatureStorage == FeatureStorage.Disk ? "" : $", set {nameof(FeatureStorage)} to {FeatureStorage.Disk}")}";
        }
    }

    /// <summary>What makes the network smaller.</summary>
    /// <param name="shape">Of a sample.</param>
    internal string SizeAdvice(InputShape shape)
    {
        var hasUsualLayers = HiddenLayers is null && (!shape.IsImage || Network == NetworkKind.MultilayerPerceptron);
        string[] sizes = [.. hasUsualLayers ? ["HiddenLayers (null: 500, 500, 2000)"] : Array.Empty<string>(), .. SizesOfTheNetwork];
        return sizes.Length > 0 ? $"Lower {string.Join(" or ", sizes)}, or make the samples smaller." : "Make the samples smaller.";
    }

    /// <summary>The options that were given for the size of the network, with their values.</summary>
    private protected virtual IEnumerable<string> SizesOfTheNetwork => HiddenLayers is { } widths ? [$"HiddenLayers ({string.Join(", ", widths)})"] : [];

    /// <summary>Rows a training step for so many rows.</summary>
    internal int BatchSizeFor(long rows) => BatchSize ?? UsualBatchSize(rows);

    /// <summary>Rows a training step where <see cref="BatchSize"/> is null.</summary>
    internal virtual int UsualBatchSize(long rows) => LengthRule.BatchSize(256, rows);

    /// <summary>
    /// A lower bound of the number of weights of the method's networks for a shape, counted before any is made, so that no forged size gets
    /// memory. It has the layers whose sizes a file can choose; the rest is of fixed size, or the mirror of these.
    /// </summary>
    /// <exception cref="ArgumentException">The network that was asked for cannot take this shape.</exception>
    internal abstract Int128 MinimumWeights(InputShape shape);

    /// <summary>The number of weights of a decoder that mirrors the layers counted in <see cref="MinimumWeights"/>, or nearly so.</summary>
    internal virtual Int128 MirroredWeights(InputShape shape) => 0;

    /// <summary>What the method's networks need done to features of a shape before they take them.</summary>
    /// <exception cref="ArgumentException">The network that was asked for cannot take this shape.</exception>
    internal virtual InputPreparation PreparationFor(InputShape shape) => InputPreparation.None;

    /// <summary>The generated serializers of options that are not the library's own; null for those that are.</summary>
    internal virtual JsonSerializerContext? OwnSerializers => null;

    /// <summary>The name and value of the option that sets the learning rate of a phase.</summary>
    internal virtual (string Option, double Value) LearningRateOf(string phase) => (nameof(LearningRate), LearningRate);

    /// <summary>The least time from one checkpoint within a phase to the next. Default: zero.</summary>
    [JsonIgnore]
    internal TimeSpan CheckpointPeriod { get; set; }

    /// <summary>The number of libtorch's threads in each run; null leaves it as it is.</summary>
    internal int? ThreadsOfARun => NumberOfThreads ?? RunExecutor?.ThreadsPerRun;

    /// <summary>The name of the method whose options a type is: a class XOptions is the method X.</summary>
    internal static string NameOf(Type options) => options.Name[..^"Options".Length];

    /// <summary>The column of known classes that a training is compared with; null when it records no performance.</summary>
    internal string? ComparedColumnName => RecordPerformance ? LabelColumnName : null;

    /// <summary>An independent copy, with copies of the options within; the callbacks are shared.</summary>
    internal virtual DeepClusteringOptions Copy()
    {
        var copy = (DeepClusteringOptions)MemberwiseClone();
        copy.HiddenLayers = (int[]?)HiddenLayers?.Clone();
        return copy;
    }
}
