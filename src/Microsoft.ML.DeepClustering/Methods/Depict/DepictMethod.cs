using System.Globalization;
using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Onnx;
using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.Depict;

/// <summary>DEPICT: Ghasedi Dizaji et al. 2017. An autoencoder, and p_c ∝ exp(θ_cᵀ z + b_c) on its embedding.</summary>
internal sealed class DepictMethod : ClusteringMethod, IOnnxMethod
{
    // Of an embedding between -1 and 1: below it the softmax layer would make much of the rounding of floats.
    private const double SmallestVariance = 0.01;

    // Registered under these names, which are those of the saved weights. θ (k, p) and b (k).
    private readonly LayerwiseAutoencoder autoencoder;
    private readonly Parameter directions;
    private readonly Parameter bias;

    private readonly DepictOptions _options;

    /// <param name="options">The method's options.</param>
    /// <param name="choice">The network for the shape of the input.</param>
    public DepictMethod(DepictOptions options, NetworkChoice choice)
        : base(options.MethodName)
    {
        _options = options;
        Dropout = options.DropoutFor(choice.Shape);
        autoencoder = LayerwiseAutoencoder.Create(choice, options.EmbeddingSize ?? options.NumberOfClusters);
        directions = new Parameter(zeros(new[] { options.NumberOfClusters, autoencoder.EmbeddingSize }, dtype: ScalarType.Float32, device: CPU));
        bias = new Parameter(zeros(new[] { (long)options.NumberOfClusters }, dtype: ScalarType.Float32, device: CPU));
        RegisterComponents();
        PrecisionLayer.Set(autoencoder, options.Precision);
    }

    public override long EmbeddingSize => autoencoder.EmbeddingSize;

    public override IEnumerable<Parameter> EncoderParameters => autoencoder.EncoderParameters;

    public LayerwiseAutoencoder Autoencoder => autoencoder;

    /// <summary>The share of values that the path with noise loses.</summary>
    public double Dropout { get; }

    public override void Initialize(Generator generator) => WeightInitializer.Initialize(this, _options.Initialization, generator);

    public override IEnumerable<TrainingPhase> Phases(TrainingContext context)
    {
        WarnOfRange(context);
        if (_options.PretrainingEpochs != 0)
        {
            using var pretraining = new AdamOptimizer(autoencoder.parameters(), _options.PretrainingLearningRate ?? _options.LearningRate);
            yield return new DepictPretrainingPhase(this, _options, pretraining, context.Rows);
        }

        // One for both: a new one would make large steps of the small gradients of clusters that are learnt.
        using var optimizer = new AdamOptimizer(parameters(), _options.LearningRate);
        using (var initialization = new DepictInitializationPhase(this, _options, optimizer, context.Rows))
            yield return initialization;
        using var clustering = new DepictClusteringPhase(this, _options, optimizer, context.Rows);
        yield return clustering;
        clustering.WarnOfMoves(context);
    }

    public override ClusterAssignment Assign(Tensor prepared)
    {
        var embedding = autoencoder.Encode(prepared).Embedding;
        var probabilities = Probabilities(embedding);
        return new(embedding, SimplexCorners.SquaredDistances(probabilities), probabilities);
    }

    public OnnxAssignment Assign(OnnxValue prepared)
    {
        var embedding = autoencoder.Encode(prepared);
        var probabilities = embedding.Linear(directions, bias).Softmax();
        return new(embedding, SimplexCorners.SquaredDistances(probabilities), probabilities);
    }

    /// <summary>z (n, p) -> θ_cᵀ z + b_c, (n, k).</summary>
    public Tensor Logits(Tensor embedding) => nn.functional.linear(embedding, directions, bias);

    /// <summary>z (n, p) -> p (n, k).</summary>
    public Tensor Probabilities(Tensor embedding) => nn.functional.softmax(Logits(embedding), 1);

    /// <summary>Maps the embeddings of all rows, without dropout, batch by batch: (n, ...). The result belongs to the dispose scope of the call.</summary>
    /// <param name="context">The data.</param>
    /// <param name="map">z of a batch (b, p) -> (b, ...).</param>
    public Tensor MapAll(TrainingContext context, Func<Tensor, Tensor> map)
        => AllRows.Map(this, context.Data, _options.ScoringBatchSize, rows => [map(autoencoder.Encode(rows).Embedding)], context.Cancellation)[0];

    /// <summary>The most probable cluster of every row, (n) of int64; see <see cref="MapAll"/>.</summary>
    public Tensor Clusters(TrainingContext context) => MapAll(context, z => Logits(z).argmax(1L));

    /// <summary>
    /// Finds the first clusters of the embeddings of all rows, and has the softmax layer begin with their means: with θ_c = μ_c / σ² and b_c = -|μ_c|² / 2σ² the most probable one is that of the
    /// nearest centroid μ; σ² is the variance of the embeddings in a dimension. The authors' θ are the centroids, of length 1 each, and b is 0: that tells no two
    /// clusters apart that lie in one direction, and clear ones are as uncertain as others. The labels of the rows, (n) of int64, belong to the dispose scope of the call.
    /// </summary>
    public Tensor PlaceClusters(TrainingContext context)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var embeddings = MapAll(context, z => z);
        if (!embeddings.isfinite().all().item<bool>())
            throw new TrainingDivergedException("the embeddings have values that are not finite, among which k-means cannot place centroids");
        var (labels, centroids) = FindClusters(embeddings, context);
        var variance = Math.Max(SmallestVariance, embeddings.var(0L, unbiased: false).mean().to(ScalarType.Float64).item<double>());
        directions.copy_(centroids.Over(variance));
        bias.copy_(centroids.Squared().sum(1L).Over(-2 * variance));
        return labels.MoveToOuterDisposeScope();
    }

    // (n, p) -> (n) of int64 and (k, p).
    private (Tensor Labels, Tensor Centroids) FindClusters(Tensor embeddings, TrainingContext context)
    {
        var clusters = _options.NumberOfClusters;
        if (_options.FirstClusters == DepictFirstClusters.PathIntegral)
        {
            if (PathIntegralClustering.Run(embeddings, clusters, context.Log, context.Cancellation) is { } found)
            {
                var labels = tensor(found, dtype: ScalarType.Int64, device: embeddings.device);
                return (labels, ClusterMeans.Compute(embeddings, labels, clusters, context.Data.Weights));
            }

            context.Log(context.Rows > PathIntegralClustering.MostPoints
                ? $"The search for the nearest neighbours of {context.Rows} rows, more than {PathIntegralClustering.MostPoints}, would take long; k-means finds the first clusters."
                : $"The graph of the nearest neighbours does not part into {clusters} clusters; k-means finds the first ones.");
        }

        var result = KMeans.Run(embeddings, clusters, _options.KMeansRestarts, context.Generator, cancellation: context.Cancellation, weights: context.Data.Weights);
        return (result.Labels, result.Centroids);
    }

    // What lies outside of the decoder's range cannot be reconstructed.
    private void WarnOfRange(TrainingContext context)
    {
        if (!autoencoder.IsBounded)
            return;
        var (least, most) = FeatureRange.Find(context.Data, _options.ScoringBatchSize, context.Cancellation);
        if (least < -1 || most > 1)
            context.Warn(string.Create(CultureInfo.InvariantCulture, $"The pixels are from {least} to {most}, but the decoder gives values from -1 to 1; scale the features to [-1, 1] or [0, 1] (NormalizeMinMax)."));
    }
}
