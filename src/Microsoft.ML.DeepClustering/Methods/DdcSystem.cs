#nullable disable
using Microsoft.ML.DeepClustering.Kernels;
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Methods.Companions;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods;

/// <summary>A network, DDC's clustering module and, where the method has one, an auxiliary objective.</summary>
internal sealed class DdcSystem : ClusteringMethod
{
    private readonly BlockNetwork network;
    private readonly DdcClusteringModule clustering;
    private readonly nn.Module<Tensor, Tensor> decoder;
    private readonly DdcFamilyOptions _options;

    public DdcSystem(DdcFamilyOptions options, NetworkChoice choice)
        : base(options.MethodName)
    {
        _options = options;
        network = choice.Create(options.CompanionTap);
        clustering = new DdcClusteringModule(network.FeatureCount, options.NumberOfClusters);
        if (options.Reconstruction is not null)
            decoder = network.CreateDecoder();
        RegisterComponents();
        PrecisionLayer.Set(network, options.Precision);
        if (decoder is not null)
            PrecisionLayer.Set(decoder, options.Precision);
    }

    public override long EmbeddingSize => DdcClusteringModule.EmbeddingSize;

    public override IEnumerable<Parameter> EncoderParameters => network.parameters();

    public override IEnumerable<TrainingPhase> Phases(TrainingContext context)
    {
        using var optimizer = new AdamOptimizer(parameters(), _options.LearningRate);
        yield return new ClusteringPhase(this, optimizer);
    }

    public override void Initialize(Generator generator) => WeightInitializer.Initialize(this, _options.Initialization, generator);

    public override ClusterAssignment Assign(Tensor prepared)
    {
        var (embedding, assignments) = clustering.Run(network.Run(prepared).Features);
        return new(embedding, SimplexCorners.SquaredDistances(assignments), assignments);
    }

    /// <summary>L1 + L2 + L3 + the auxiliary terms: Trosten et al. 2024, Equations 6 to 8 and 3, and the reconstruction of DDC-AE.</summary>
    internal LossTerms Loss(Tensor batch, CompanionObjective companion)
    {
        var output = network.Run(batch);
        var (embedding, assignments) = clustering.Run(output.Features);
        var kernel = GaussianKernel.Compute(EuclideanDistance.SquaredPairwise(embedding), _options.Bandwidth);
        var terms = new LossTerms();
        terms.Add("separation", CauchySchwarzDivergence.Compute(assignments, kernel));
        terms.Add("orthogonality", AssignmentOrthogonality.Compute(assignments));
        terms.Add("corners", SimplexCorners.Compute(assignments, kernel));
        companion?.AddTo(terms, assignments, output.Blocks);
        if (_options.Reconstruction is { } weight)
            terms.AddAuxiliary("reconstruction", weight, ReconstructionError.MeanOverElements(batch, decoder.forward(output.Features).to(ScalarType.Float32)));
        return terms;
    }

    private sealed class ClusteringPhase(DdcSystem system, ParameterOptimizer optimizer) : TrainingPhase
    {
        private readonly CompanionObjective _companion = system._options.CreateCompanion();
        private readonly Parameter[] _parameters = system.parameters().ToArray();

        public override string Name => "clustering";

        public override int Epochs => system._options.NumberOfEpochs;

        public override int BatchSize => system._options.BatchSize;

        // Kernels and batch normalisation compare the rows of a batch: a batch of a few rows would be of another kind.
        public override bool DropsLastBatch => true;

        public override int EvaluationInterval => system._options.EvaluationInterval;

        public override ParameterOptimizer Optimizer => optimizer;

        public override LossTerms Loss(TrainingBatch batch) => system.Loss(batch.Seen, _companion);

        public override void AdjustGradients() => ClipEach(_parameters, system._options.GradientClip);
    }
}
