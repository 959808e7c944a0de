using Microsoft.ML.DeepClustering.Internals;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Scoring;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Properties;

/// <summary>A small trained model of every method, trained once, and transformers of it with other column names.</summary>
internal sealed class PropertyModels : IDisposable
{
    public const string Images = "images";

    private readonly MLContext _ml = new(seed: 1);
    private readonly Dictionary<string, DeepClusteringTransformer> _models = [];

    /// <summary>The keys of <see cref="Of"/>: every method on vectors, and convolutional networks, which are small enough to be saved often.</summary>
    public static IReadOnlyList<string> OnVectors { get; } = [.. MethodNames.OptionTypes.Keys];

    public static IReadOnlyList<string> OnImages { get; } = ["Ddc " + Images, "Idec " + Images];

    public static int[] Dimensions(string model) => model.EndsWith(Images, StringComparison.Ordinal) ? [1, TestRows.Side, TestRows.Side] : [6];

    /// <summary>The trained model with the drawn names. It shares its weights and is not to be disposed.</summary>
    public DeepClusteringTransformer Of(PipelineCase drawn)
    {
        var trained = Trained(drawn.Method).Trained;
        var options = WithNames(trained.Options.Copy(), drawn);
        return new DeepClusteringTransformer(
            MachineLearningInternals.EnvironmentOf(_ml.Clustering.Trainers), new TrainedModel(options, trained.Shape, trained.Method, trained.History, trained.Device));
    }

    /// <summary>A trainer that would give such a model.</summary>
    public DeepClusteringTrainer TrainerOf(PipelineCase drawn) => TestMethods.Trainer(_ml, WithNames(TestMethods.Options(drawn.Method.Split(' ')[0]), drawn));

    /// <summary>The model itself, with the usual names.</summary>
    public DeepClusteringTransformer Trained(string model)
    {
        if (!_models.TryGetValue(model, out var trained))
        {
            var dimensions = Dimensions(model);
            var view = TestVectors.View(_ml, TestVectors.Make(24, dimensions.Aggregate((a, b) => a * b)), dimensions);
            _models[model] = trained = TestMethods.Trainer(_ml, TestMethods.Options(model.Split(' ')[0])).Fit(view);
        }

        return trained;
    }

    public void Dispose()
    {
        foreach (var model in _models.Values)
            model.Dispose();
    }

    private static DeepClusteringOptions WithNames(DeepClusteringOptions options, PipelineCase drawn)
    {
        (options.FeatureColumnName, options.ScoringBatchSize) = (drawn.FeatureColumnName, drawn.BatchSize);
        (options.PredictedLabelColumnName, options.ScoreColumnName) = (drawn.Outputs[0], drawn.Outputs[1]);
        (options.ProbabilityColumnName, options.EmbeddingColumnName) = (drawn.Outputs[2], drawn.Outputs[3]);
        return options;
    }
}
