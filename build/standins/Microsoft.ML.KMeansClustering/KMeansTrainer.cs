using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

/// <summary>k-means by Lloyd's iterations.</summary>
public class KMeansTrainer : TrainerEstimatorBase<ClusteringPredictionTransformer<KMeansModelParameters>, KMeansModelParameters>
{
    private static readonly TrainerInfo DefaultInfo = new();

    private readonly Options _options;

    internal KMeansTrainer(IHostEnvironment env, Options options)
        : base(env.Register("KMeans"), FeaturesOf(options), default, WeightOf(options))
    {
        Host.CheckUserArg(options.NumberOfClusters > 0, nameof(options.NumberOfClusters), "Must be positive");
        Host.CheckUserArg(options.OptimizationTolerance > 0, nameof(options.OptimizationTolerance), "Tolerance must be positive");
        Host.CheckUserArg(options.MaximumNumberOfIterations > 0, nameof(options.MaximumNumberOfIterations), "Must be positive");
        Host.CheckUserArg(options.AccelerationMemoryBudgetMb > 0, nameof(options.AccelerationMemoryBudgetMb), "Must be positive");
        Host.CheckUserArg(options.NumberOfThreads is null or > 0, nameof(options.NumberOfThreads), "Must be null or a positive integer.");
        _options = options;
    }

    /// <summary>How the first centroids are found.</summary>
    public enum InitializationAlgorithm
    {
        /// <summary>Rows drawn one after the other in proportion to the squared distance to the nearest one drawn before.</summary>
        KMeansPlusPlus = 0,

        /// <summary>Rows drawn evenly.</summary>
        Random = 1,

        /// <summary>Many rows drawn in a few rounds in proportion to the squared distance, then reduced to k.</summary>
        KMeansYinyang = 2,
    }

    public override TrainerInfo Info => DefaultInfo;

    private protected override SchemaShape.Column[] GetOutputColumnsCore(SchemaShape inputSchema)
    {
        var annotations = new SchemaShape(
        [
            new(AnnotationKinds.ScoreColumnSetId, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, true),
            Shapes.Of(AnnotationKinds.ScoreColumnKind, TextDataViewType.Instance),
            Shapes.Of(AnnotationKinds.ScoreValueKind, TextDataViewType.Instance),
        ]);
        return
        [
            new("PredictedLabel", SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, true, annotations),
            new("Score", SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, false, annotations),
        ];
    }

    private protected override ClusteringPredictionTransformer<KMeansModelParameters> MakeTransformer(KMeansModelParameters model, DataViewSchema trainSchema)
        => new(Host, model, FeatureColumn.Name);

    private protected override KMeansModelParameters TrainModelCore(IDataView data)
    {
        using var channel = Host.Start("Training");
        var random = new Random(Host.Rand.Next());
        var points = Points.Read(data, FeatureColumn.Name, WeightColumn.Name);
        if (points.Skipped > 0)
            channel.Warning(MessageSensitivity.None, "Skipped {0} rows with missing feature or weight values", points.Skipped);
        Host.Check(points.Count >= _options.NumberOfClusters,
            $"Not enough rows to form {_options.NumberOfClusters} clusters: {points.Count} rows without missing values.");

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.NumberOfThreads ?? Environment.ProcessorCount };
        var centroids = Initialization.Start(_options.InitializationAlgorithm, points, _options.NumberOfClusters, random, parallel);
        var outcome = new LloydIterations(points, centroids, parallel).Run(_options.MaximumNumberOfIterations, _options.OptimizationTolerance);
        channel.Info(MessageSensitivity.None, "Stopped after {0} iterations, average squared distance {1}", outcome.Iterations, outcome.AverageDistance);
        return new KMeansModelParameters(Host, centroids.ToRows());
    }

    private static SchemaShape.Column FeaturesOf(Options options)
        => Shapes.Of(options.FeatureColumnName, NumberDataViewType.Single, SchemaShape.Column.VectorKind.Vector);

    private static SchemaShape.Column WeightOf(Options options)
        => options.ExampleWeightColumnName == null ? default : Shapes.Of(options.ExampleWeightColumnName, NumberDataViewType.Single);

    /// <summary>The settings of <see cref="KMeansTrainer"/>.</summary>
    public sealed class Options : UnsupervisedTrainerInputBaseWithWeight
    {
        /// <summary>The number of clusters.</summary>
        public int NumberOfClusters = 5;

        /// <summary>How the first centroids are found.</summary>
        public InitializationAlgorithm InitializationAlgorithm = InitializationAlgorithm.KMeansYinyang;

        /// <summary>Training stops when the average squared distance decreases by no more than this share of itself.</summary>
        public float OptimizationTolerance = 1e-7f;

        /// <summary>The largest number of Lloyd's iterations.</summary>
        public int MaximumNumberOfIterations = 1000;

        /// <summary>Memory for acceleration in MB; not used here.</summary>
        public int AccelerationMemoryBudgetMb = 4 * 1024;

        /// <summary>The number of threads; null for all processors. The result does not depend on it.</summary>
        public int? NumberOfThreads;

        public Options()
        {
        }
    }
}
