using System.Diagnostics.CodeAnalysis;
using Microsoft.ML.DeepClustering.Checkpoints;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Estimators;
using Microsoft.ML.DeepClustering.Internals;
using Microsoft.ML.DeepClustering.Options;
using Microsoft.ML.DeepClustering.Scoring;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.DeepClustering;

/// <summary>
/// Trains a deep clustering method on a column of features; it needs no labels. Create it with <c>mlContext.Clustering.Trainers</c>,
/// which has a method for each: <c>Ddc(...)</c>, <c>Idec(...)</c> and so on.
/// </summary>
public sealed class DeepClusteringTrainer : IEstimator<DeepClusteringTransformer>
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

    /// <summary>Trains on all rows of <paramref name="input"/>.</summary>
    /// <param name="input">Data with the feature column, at least as many rows as clusters.</param>
    /// <returns>The trained model, which adds the columns of clusters, distances, probabilities and embeddings.</returns>
    /// <exception cref="ArgumentException">The options are out of range, or the image shape does not fit the vector.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The feature column is missing or of the wrong type.</exception>
    /// <exception cref="InvalidOperationException">
    /// The data have no rows, fewer rows than clusters or a value that is not finite; no run gave a finite loss; the checkpoint belongs to another
    /// training; or libtorch or the GPU asked for cannot be used.
    /// </exception>
    /// <exception cref="InsufficientMemoryException">The machine or the GPU has too little memory.</exception>
    /// <exception cref="OperationCanceledException">The options' cancellation token was cancelled; the last checkpoint stays.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder of <see cref="DeepClusteringOptions.CheckpointPath"/> is missing.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is damaged.</exception>
    /// <exception cref="IOException">The features do not fit on the disk that they were to be kept on, or the first checkpoint cannot be written.</exception>
    public DeepClusteringTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return NativeFaults.Translate(
            () => Train(input),
            "The training",
            () => $"lower BatchSize ({_options.BatchSizeText}) or ScoringBatchSize ({_options.ScoringBatchSize}), or train on fewer rows");
    }

    private DeepClusteringTransformer Train(IDataView input)
    {
        var faults = new OptionFaults();
        _options.Validate(faults);
        faults.ThrowIfAny(_options.MethodName);
        var column = FeatureColumn.Find(input.Schema, _options.FeatureColumnName);
        var shape = FeatureColumn.ShapeOf(column, _options.ImageShape);
        var label = LabelColumn.Find(input.Schema, _options.ComparedColumnName);
        // The model must read images as they lay in the training data.
        var options = _options.Copy();
        options.ImageShape = shape.Layout;

        using var channel = _host.Start("Training");
        var environment = TrainingChannel.CreateEnvironment(_environment, channel, _seed);
        using var data = new TrainingReader(column, shape, options.FeatureStorage, label, options.CancellationToken).Read(input);
        var rows = data.Features.Count;
        FeatureScale.Warn(data.Features, column.Name, environment.Warn);
        if (data.Features is DiskRows)
            environment.Log($"The features of {rows} rows are kept on disk while the training lasts.");
        if (rows < options.NumberOfClusters)
            throw new InvalidOperationException(TooFewRows(options.NumberOfClusters, rows));
        if (rows < options.BatchSize)
            environment.Log($"BatchSize is {options.BatchSize}, but the data have {rows} rows; all of them are one batch.");
        var checkpoints = Checkpointer.CreateFactory(options, shape, data.Classes);
        var (method, history) = new Restarts(options, shape, environment, data.Classes, checkpoints).Train(data.Features);
        return new DeepClusteringTransformer(_environment, new TrainedModel(options, shape, method, history, environment.Device));
    }

    /// <summary>The columns after <see cref="Fit"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The feature column is missing or of the wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        FeatureColumn.Check(inputSchema, _options.FeatureColumnName);
        return OutputColumns.Shape(inputSchema, _options);
    }

    private static string TooFewRows(int clusters, long rows) => rows < 2
        ? $"NumberOfClusters is {clusters}, but the data have 1 row; bring at least {clusters} rows."
        : $"NumberOfClusters is {clusters}, but the data have {rows} rows; lower NumberOfClusters to {rows} or less, or bring more rows.";

    // ML.NET finds the loader by reflection only: whoever trains in a trimmed program can then load too.
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(TransformerLoader))]
    internal static DeepClusteringTrainer Create(ClusteringCatalog.ClusteringTrainers catalog, DeepClusteringOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new(MachineLearningInternals.EnvironmentOf(catalog), options);
    }
}
