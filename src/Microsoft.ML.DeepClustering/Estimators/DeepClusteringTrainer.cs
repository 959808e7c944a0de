using System.Diagnostics.CodeAnalysis;
using Microsoft.ML.DeepClustering.Checkpoints;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Estimators;
using Microsoft.ML.DeepClustering.Execution;
using Microsoft.ML.DeepClustering.Internals;
using Microsoft.ML.DeepClustering.Options;
using Microsoft.ML.DeepClustering.Persistence;
using Microsoft.ML.DeepClustering.Scoring;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace Microsoft.ML.DeepClustering;

/// <summary>
/// Trains a deep clustering method on a column of features; it needs no labels. Create it with <c>mlContext.Clustering.Trainers</c>,
/// which has a method for each: <c>Ddc(...)</c>, <c>Idec(...)</c> and so on.
/// </summary>
/// <remarks>
/// <para>Columns. The input may have any others; they pass through. Options rename the output columns and leave them out.</para>
/// <list type="table">
/// <listheader><term>column</term><description>type and meaning</description></listheader>
/// <item><term>Features (input)</term><description>vector of known size of <see cref="float"/>, finite; with dimensions, or with <see cref="DeepClusteringOptions.ImageShape"/>, an image</description></item>
/// <item><term>weights (input, optional)</term><description><see cref="float"/>, 0 or more: how much a row counts, in the column that <see cref="DeepClusteringOptions.ExampleWeightColumnName"/> names</description></item>
/// <item><term>PredictedLabel</term><description>key of <see cref="uint"/>, 1 to k: the cluster</description></item>
/// <item><term>Score</term><description>vector of k <see cref="float"/>: squared distances, the smallest of which is the predicted cluster's; of <c>Vade</c> the negative logarithms of densities, which may be below 0</description></item>
/// <item><term>Probability</term><description>vector of k <see cref="float"/>: how much the row belongs to each cluster; they sum to 1</description></item>
/// <item><term>Embedding</term><description>vector of p <see cref="float"/>: what the network has learnt of the row</description></item>
/// </list>
/// <para>Characteristics of all methods.</para>
/// <list type="table">
/// <listheader><term>question</term><description>answer</description></listheader>
/// <item><term>Machine learning task</term><description>clustering; no labels are needed</description></item>
/// <item><term>Is normalization required?</term><description>yes: images to [-1, 1] for the DDC family and DEPICT and to [0, 1] for the others, other data by NormalizeMinMax</description></item>
/// <item><term>Is caching required?</term><description>no: the data are read once</description></item>
/// <item><term>Required NuGet packages in addition to Microsoft.ML</term><description>Microsoft.ML.DeepClustering, and TorchSharp-cpu or one of TorchSharp's packages for NVIDIA GPUs</description></item>
/// <item><term>Exportable to ONNX</term><description>yes, with Microsoft.ML.OnnxConverter</description></item>
/// </list>
/// <para>
/// Scoring function. A network f gives each row x its embedding z = f(x). Methods with an autoencoder have a centroid r of each cluster j among the embeddings:
/// score j is the squared distance of z from it, and probability j falls with that distance, in the way of the method. In the DDC family and DEPICT one more layer turns
/// z into the k probabilities, and score j is their squared distance from the corner of the simplex at which probability j is 1. The predicted label is the
/// place of the smallest score. <c>Vade</c> has a Gaussian in the place of each centroid, and minus the logarithm of share times density in the place of the distance.
/// </para>
/// <para>How each method trains its network, and whose it is, stands with its method of <c>mlContext.Clustering.Trainers</c> and with its options.</para>
/// </remarks>
public sealed class DeepClusteringTrainer : ITrainerEstimator<DeepClusteringTransformer, DeepClusteringTransformer>
{
    private readonly IHost _host;
    private readonly int _seed;
    private readonly DeepClusteringOptions _options;
    private readonly IHostEnvironment _environment;

    private DeepClusteringTrainer(IHostEnvironment environment, DeepClusteringOptions options)
    {
        _environment = environment;
        _options = options.Copy();
        _host = environment.Register(_options.MethodName);
        // Drawn here and not in Fit: fitting twice gives the same model.
        _seed = _options.Seed ?? _host.Rand.Next();
    }

    /// <summary>
    /// What ML.NET asks of a trainer: features should be normalised, and a cache saves nothing, since the data are read once.
    /// There is no validation set, no test set and no training that goes on from another model.
    /// </summary>
    public TrainerInfo Info { get; } = MachineLearningInternals.Info(normalization: true, caching: false);

    /// <summary>Trains on all rows of <paramref name="input"/>.</summary>
    /// <param name="input">Data with the feature column, at least as many rows as clusters.</param>
    /// <returns>The trained model, which adds the columns of clusters, distances, probabilities and embeddings.</returns>
    /// <exception cref="ArgumentException">The options are out of range, the image shape does not fit the vector, or the network that was asked for does not fit the features.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The column of features, of labels or of weights is missing or of the wrong type.</exception>
    /// <exception cref="InvalidOperationException">
    /// The data have no rows, fewer rows than clusters, a value that is not finite or outside of what <see cref="VadeLikelihood.Bernoulli"/> takes, or a negative weight; no run gave a finite loss; the checkpoint
    /// belongs to another training, or another training of this process uses it; libtorch or the GPU asked for cannot be used; or a GPU is asked for beside a <see cref="DeepClusteringOptions.RunExecutor"/>. An executor may throw exceptions of its own.
    /// </exception>
    /// <exception cref="InsufficientMemoryException">The machine or the GPU has too little memory.</exception>
    /// <exception cref="OperationCanceledException">The options' cancellation token was cancelled; the last checkpoint stays.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder of <see cref="DeepClusteringOptions.CheckpointPath"/> or <see cref="AutoencoderFamilyOptions.PretrainingFolder"/> is missing.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is damaged.</exception>
    /// <exception cref="IOException">The features do not fit on the disk that they were to be kept on, or the first checkpoint cannot be written.</exception>
    public DeepClusteringTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return NativeFaults.Translate(
            () => Train(input),
            "The training",
            () => $"{_options.MemoryAdvice}, or train on fewer rows");
    }

    private DeepClusteringTransformer Train(IDataView input)
    {
        Validate();
        var column = FeatureColumn.Find(input.Schema, _options.FeatureColumnName);
        var shape = FeatureColumn.ShapeOf(column, _options.ImageShape);
        var label = LabelColumn.Find(input.Schema, _options.ComparedColumnName);
        var weight = WeightColumn.Find(input.Schema, _options.ExampleWeightColumnName);
        // The model must read images as they lay in the training data.
        var options = _options.Copy();
        options.ImageShape = shape.Layout;
        using var claim = RequireUsable(options, shape);

        using var channel = _host.Start("Training");
        var environment = TrainingChannel.CreateEnvironment(_environment, channel, _seed);
        ExecutedRuns.RequireUsable(options.RunExecutor, environment.Device);
        if (ModelFile.SizeWarning(options, shape) is { } warning)
            environment.Warn(warning);
        using var data = new TrainingReader(column, shape, options.FeatureStorage, label, options.CancellationToken) { Weight = weight }.Read(input);
        var rows = data.Features.Count;
        data.LogLeftOut(environment.Log);
        FeatureScale.Warn(data.Features, column.Name, environment.Warn);
        if (data.Features is DiskRows)
            environment.Log($"The features of {rows} rows are kept on disk while the training lasts.");
        if (rows < options.NumberOfClusters)
            throw new InvalidOperationException(TooFewRows(options.NumberOfClusters, rows, data.Those));
        if (rows < options.BatchSize)
            environment.Log($"BatchSize is {options.BatchSize}, but the data have {rows} rows; all of them are one batch.");
        options.Pretrained = PretrainingFolder.Open(options, shape, data.Features);
        var checkpoints = options.RunExecutor is null ? Checkpointer.CreateFactory(options, shape, data.Classes) : RunsElsewhere.CreateFactory(options, shape, data.Classes);
        var (method, history, left) = new Restarts(options, shape, environment, data.Classes, checkpoints).Train(data.Features);
        // The model outlives the rows, and whoever heard of its training.
        (left.Pretrained, left.Progress, left.RunExecutor, left.CancellationToken) = (null, null, null, default);
        return new DeepClusteringTransformer(_environment, new TrainedModel(left, shape, method, history, environment.Device));
    }

    /// <summary>The columns after <see cref="Fit"/>.</summary>
    /// <exception cref="ArgumentException">The options are out of range.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The column of features, of labels or of weights is missing or of the wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        Validate();
        FeatureColumn.Check(inputSchema, _options.FeatureColumnName);
        LabelColumn.Check(inputSchema, _options.ComparedColumnName);
        WeightColumn.Check(inputSchema, _options.ExampleWeightColumnName);
        return OutputColumns.Shape(inputSchema, _options);
    }

    private void Validate()
    {
        var faults = new OptionFaults();
        _options.Validate(faults);
        faults.ThrowIfAny(_options.MethodName);
    }

    // What needs no data is told before they are read. -> what keeps the checkpoint for this training.
    private static CheckpointClaim? RequireUsable(DeepClusteringOptions options, InputShape shape)
    {
        _ = options.PreparationFor(shape);
        _ = PretrainingFolder.PathOf(options);
        return options.CheckpointPath is { } path ? new CheckpointClaim(CheckpointStore.FullPathOf(path)) : null;
    }

    private static string TooFewRows(int clusters, long rows, string those) => rows < 2
        ? $"NumberOfClusters is {clusters}, but the data have 1 row{those}; bring at least {clusters} rows."
        : $"NumberOfClusters is {clusters}, but the data have {rows} rows{those}; lower NumberOfClusters to {rows} or less, or bring more rows.";

    // ML.NET finds the loader by reflection only: whoever trains in a trimmed program can then load too.
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(TransformerLoader))]
    internal static DeepClusteringTrainer Create(ClusteringCatalog.ClusteringTrainers catalog, DeepClusteringOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new(MachineLearningInternals.EnvironmentOf(catalog), options);
    }
}
