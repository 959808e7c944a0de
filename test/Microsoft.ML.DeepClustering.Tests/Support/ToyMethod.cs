using System.Text.Json.Serialization;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Support;

/// <summary>A method of one's own: k-means by gradient descent on the raw features. All there is to it stands in this file.</summary>
internal sealed class ToyOptions : DeepClusteringOptions
{
    public ToyOptions() => (NumberOfEpochs, BatchSize, LearningRate) = (20, 20, 0.1);

    public int EvaluationInterval { get; set; }

    /// <summary>Called at the start of each epoch with its number and the centres, (k, d), which it may change.</summary>
    [JsonIgnore]
    public Action<int, Tensor> OnEpochStart { get; set; } = (_, _) => { };

    internal override ClusteringMethod CreateMethod(InputShape shape) => new ToyMethod(this, shape);

    internal override Int128 MinimumWeights(InputShape shape) => (Int128)NumberOfClusters * shape.Size;

    internal override JsonSerializerContext OwnSerializers => ToyJsonContext.Default;
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(ToyOptions))]
internal sealed partial class ToyJsonContext : JsonSerializerContext;

internal sealed class ToyMethod : ClusteringMethod
{
    private readonly Parameter centres;
    private readonly ToyOptions _options;

    public ToyMethod(ToyOptions options, InputShape shape)
        : base("Toy")
    {
        _options = options;
        centres = new Parameter(zeros(options.NumberOfClusters, shape.Size));
        RegisterComponents();
    }

    public override long EmbeddingSize => centres.shape[1];

    public override void Initialize(Generator generator)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        centres.copy_(randn(centres.shape, generator: generator).Times(0.1));
    }

    public override IEnumerable<TrainingPhase> Phases(TrainingContext context)
    {
        using var optimizer = new AdamOptimizer(parameters(), _options.LearningRate);
        yield return new Phase(this, optimizer);
    }

    public override ClusterAssignment Assign(Tensor prepared)
    {
        var rows = prepared.flatten(1);
        var distances = (rows.unsqueeze(1) - centres.unsqueeze(0)).Squared().sum(dim: 2L);
        return new(rows, distances, nn.functional.softmax(-distances, 1));
    }

    private sealed class Phase(ToyMethod method, ParameterOptimizer optimizer) : TrainingPhase
    {
        public override string Name => "toy";

        public override int Epochs => method._options.NumberOfEpochs!.Value;

        public override int BatchSize => method._options.BatchSize!.Value;

        public override int EvaluationInterval => method._options.EvaluationInterval;

        public override ParameterOptimizer Optimizer => optimizer;

        public override void OnEpochStart(TrainingContext context, int epoch)
        {
            using var gradientsOff = no_grad();
            using var scope = NewDisposeScope();
            method._options.OnEpochStart(epoch, method.centres);
        }

        public override LossTerms Loss(TrainingBatch batch)
        {
            var terms = new LossTerms();
            var assignment = method.Assign(batch.Seen);
            terms.Add("distance", (assignment.Distances * assignment.Probabilities).sum(dim: 1L).mean());
            return terms;
        }
    }
}
