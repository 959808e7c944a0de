using Microsoft.ML.DeepClustering.Kernels;
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Onnx;
using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods;

/// <summary>A network and DDC's clustering module: what the methods of the DDC family share. Each adds its loss.</summary>
internal abstract class DdcFamilyMethod : ClusteringMethod, IOnnxMethod
{
    // Registered under these names, which are those of the saved weights.
    private protected readonly BlockNetwork network;
    private protected readonly DdcClusteringModule clustering;

    private readonly DdcFamilyOptions _options;

    /// <param name="options">The method's options.</param>
    /// <param name="choice">The network for the shape of the input.</param>
    /// <param name="tap">Where the first block's output is taken.</param>
    protected DdcFamilyMethod(DdcFamilyOptions options, NetworkChoice choice, FirstBlockTap tap = FirstBlockTap.BeforePooling)
        : base(options.MethodName)
    {
        _options = options;
        network = choice.Create(tap);
        clustering = new DdcClusteringModule(network.FeatureCount, options.NumberOfClusters, options.Normalization);
        RegisterComponents();
        PrecisionLayer.Set(network, options.Precision);
    }

    public override long EmbeddingSize => DdcClusteringModule.EmbeddingSize;

    public override IEnumerable<Parameter> EncoderParameters => network.parameters();

    /// <summary>The loss of a batch (n, input shape), whose rows count as weights (n) say, or alike.</summary>
    public abstract LossTerms Loss(Tensor batch, Tensor? weights = null);

    public override IEnumerable<TrainingPhase> Phases(TrainingContext context)
    {
        using var optimizer = new AdamOptimizer(parameters(), _options.LearningRate);
        yield return new DdcFamilyPhase(this, _options, optimizer, context.Rows);
    }

    public override void Initialize(Generator generator) => WeightInitializer.Initialize(this, _options.Initialization, generator);

    public override ClusterAssignment Assign(Tensor prepared)
    {
        var (embedding, assignments) = clustering.Run(network.Run(prepared).Features);
        return new(embedding, SimplexCorners.SquaredDistances(assignments), assignments);
    }

    public OnnxAssignment Assign(OnnxValue prepared)
    {
        var (embedding, assignments) = clustering.Run(network.Export(prepared));
        return new(embedding, SimplexCorners.SquaredDistances(assignments), assignments);
    }

    /// <summary>A forward pass, (n, input shape) -> all that a loss of the family is made of.</summary>
    protected DdcOutput Run(Tensor batch)
    {
        var (features, blocks) = network.Run(batch);
        var (embedding, assignments) = clustering.Run(features);
        var kernel = GaussianKernel.Compute(EuclideanDistance.SquaredPairwise(embedding, _options.DistanceGradient), _options.Bandwidth);
        return new(features, blocks, assignments, kernel);
    }

    /// <summary>L1 + L2 + L3, the terms of DDC's own loss: Trosten et al. 2024, Equations 6 to 8.</summary>
    protected static LossTerms ClusteringTerms(DdcOutput output, Tensor? weights)
    {
        var terms = new LossTerms();
        terms.Add("separation", CauchySchwarzDivergence.Compute(output.Assignments, output.Kernel, weights));
        terms.Add("orthogonality", AssignmentOrthogonality.Compute(output.Assignments, weights));
        terms.Add("corners", SimplexCorners.Compute(output.Assignments, output.Kernel, weights));
        return terms;
    }

    /// <summary>What a forward pass gives.</summary>
    /// <param name="Features">The network's last output, (n, features).</param>
    /// <param name="Blocks">The outputs y^1 ... y^B of its blocks, each (n, ...).</param>
    /// <param name="Assignments">A, (n, k).</param>
    /// <param name="Kernel">K of the embeddings, (n, n).</param>
    protected readonly record struct DdcOutput(Tensor Features, IReadOnlyList<Tensor> Blocks, Tensor Assignments, Tensor Kernel);
}
