using System.Globalization;
using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Methods.Pretraining;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Onnx;
using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.Vade;

/// <summary>VaDE: Jiang et al. 2017. The centroids are the means μ of the mixture.</summary>
internal sealed class VadeMethod : AutoencoderFamilyMethod
{
    private const double AdamEpsilon = 1e-4;

    // Mean rows may be 0 or 1, whose log-odds are infinite.
    private const double SmallestShare = 1e-6;

    // Of a component at its start, as a share of the variance of all embeddings; the components of real images are wider.
    private const double NarrowestShare = 0.01;

    // Registered under these names, which are those of the saved weights.
    private readonly LinearLayer variance;
    private readonly Parameter shares;
    private readonly Parameter variances;
    private readonly VadeOptions _options;

    public VadeMethod(VadeOptions options, NetworkChoice choice)
        : base(options, choice)
    {
        _options = options;
        variance = new LinearLayer(choice.FeatureCount, EmbeddingSize);
        PrecisionLayer.Set(variance, options.Precision);
        shares = new Parameter(zeros(new[] { (long)options.NumberOfClusters }, dtype: ScalarType.Float32, device: CPU));
        variances = new Parameter(zeros(centroids.shape, dtype: ScalarType.Float32, device: CPU));
        register_module(nameof(variance), variance);
        register_parameter(nameof(shares), shares);
        register_parameter(nameof(variances), variances);
    }

    /// <summary>log π, (k).</summary>
    public Tensor LogShares() => nn.functional.log_softmax(shares, 0);

    /// <summary>log σ², (k, p).</summary>
    public Parameter LogVariances => variances;

    public override void Initialize(Generator generator)
    {
        base.Initialize(generator);
        InitializeWeights(variance, generator);
    }

    public override IEnumerable<TrainingPhase> Phases(TrainingContext context)
    {
        if (_options.Likelihood == VadeLikelihood.Bernoulli)
            CheckRange(context);
        foreach (var phase in PretrainingPhase.Create(this, _options, context))
            yield return phase;
        using var optimizer = new AdamOptimizer(parameters(), _options.LearningRate, AdamEpsilon);
        yield return new VadePhase(this, _options, optimizer, context.Rows);
    }

    /// <summary>(n, input shape) -> m and log s², (n, p) each.</summary>
    public (Tensor Mean, Tensor LogVariance) EncodeDistribution(Tensor batch)
    {
        var (mean, features) = autoencoder.EncodeWithFeatures(batch);
        return (mean, variance.forward(features).Widened());
    }

    /// <summary>-log p(x | z) without constants, summed over features, mean over the batch.</summary>
    public override Tensor ReconstructionLoss(Tensor input, Tensor reconstruction, Tensor? weights = null) => _options.Likelihood == VadeLikelihood.Bernoulli
        ? BinaryCrossEntropy.Compute(input, reconstruction, weights)
        : base.ReconstructionLoss(input, reconstruction, weights);

    public override Tensor ErrorOf(Tensor input, Tensor values, Tensor? weights)
        => ReconstructionLoss(input, _options.Likelihood == VadeLikelihood.Bernoulli ? logit(values, SmallestShare) : values, weights);

    /// <summary>
    /// Fits the mixture to the embeddings of all rows; its shares begin alike, as in the authors' code. The spread of an embedding, which begins at random, about 1, begins no wider
    /// than the components, on average over them, and none of these begins narrower than a tenth of the spread of all embeddings: the first steps would throw rows so many standard
    /// deviations about that clear clusters run into each other.
    /// </summary>
    public void InitializeMixture(TrainingContext context)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        InitializeCentroids(context);
        var embeddings = MapAll(context, z => z);
        var (labels, _) = CentroidDistance.Nearest(embeddings, centroids);
        var mixture = GaussianMixture.Fit(embeddings, labels, _options.NumberOfClusters, context.Data.Weights, context.Cancellation);
        centroids.copy_(mixture.Means);
        variances.copy_(maximum(mixture.Variances, embeddings.var(0L, unbiased: false).Times(NarrowestShare)).log());
        shares.zero_();
        variance.Bias.copy_(minimum(variance.Bias, variances.mean([0L])));
    }

    protected override Tensor Distances(Tensor embedding) => MixturePrior.LogJoint(embedding, LogShares(), centroids, variances).Times(-1);

    protected override OnnxValue Distances(OnnxValue embedding)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        return MixturePrior.NegativeLogJoint(embedding, LogShares(), centroids, variances);
    }

    /// <summary>γ: the softmax of the log joint densities.</summary>
    public override Tensor Probabilities(Tensor distances) => nn.functional.softmax(distances.Times(-1), 1);

    protected override OnnxValue Probabilities(OnnxValue distances) => distances.Times(-1f).Softmax();

    protected override Tensor Output(Tensor decoded) => _options.Likelihood == VadeLikelihood.Bernoulli ? decoded.sigmoid() : decoded;

    // Bernoulli explains shares alone.
    private void CheckRange(TrainingContext context)
    {
        var (least, most) = FeatureRange.Find(context.Data, _options.ScoringBatchSize, context.Cancellation);
        if (least >= 0 && most <= 1)
            return;
        throw new InvalidOperationException(
            $"{nameof(VadeOptions.Likelihood)} is {VadeLikelihood.Bernoulli}, which needs features from 0 to 1, but a feature is {(least < 0 ? least : most).ToString(CultureInfo.InvariantCulture)}; "
            + $"scale the features by NormalizeMinMax with fixZero: false, or set {nameof(VadeOptions.Likelihood)} to {VadeLikelihood.Gaussian}.");
    }
}
