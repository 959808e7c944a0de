using Microsoft.ML.DeepClustering.Augmentation;
using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Methods.Unseen;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Onnx;
using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods;

/// <summary>An autoencoder and centroids among its embeddings: what the centroid methods share. Each adds its phases, its loss and its soft assignment.</summary>
internal abstract class AutoencoderFamilyMethod : ClusteringMethod, IOnnxMethod
{
    // Registered under these names, which are those of the saved weights.
    private protected readonly Autoencoder autoencoder;
    private protected readonly Parameter centroids;

    // (k) of int64, 1 for clusters that live; null where none dies.
    private protected readonly Tensor? alive;

    private const double Momentum = 0.9;

    private readonly AutoencoderFamilyOptions _options;
    private readonly NetworkChoice _choice;
    private readonly RandomAffine? _augmentation;

    /// <param name="options">The method's options.</param>
    /// <param name="choice">The network for the shape of the input.</param>
    /// <param name="tap">Where the first block's output is taken.</param>
    protected AutoencoderFamilyMethod(AutoencoderFamilyOptions options, NetworkChoice choice, FirstBlockTap tap = FirstBlockTap.AfterPooling)
        : base(options.MethodName)
    {
        _options = options;
        _choice = choice;
        _augmentation = options.Augmentation is { } augmentation && choice.Shape.IsImage ? new RandomAffine(augmentation) : null;
        autoencoder = new Autoencoder(choice.Create(tap), options.EmbeddingSize ?? options.NumberOfClusters);
        centroids = new Parameter(zeros(new[] { options.NumberOfClusters, autoencoder.EmbeddingSize }, dtype: ScalarType.Float32, device: CPU));
        if (options.UnseenRule is not null)
            alive = ones(new[] { (long)options.NumberOfClusters }, dtype: ScalarType.Int64, device: CPU);
        RegisterComponents();
        PrecisionLayer.Set(autoencoder, options.Precision);
    }

    public override long EmbeddingSize => autoencoder.EmbeddingSize;

    /// <summary>r, (k, p).</summary>
    public Parameter Centroids => centroids;

    public Autoencoder Autoencoder => autoencoder;

    /// <summary>r of the clusters that live, (k', p).</summary>
    public Tensor LivingCentroids()
    {
        if (LivingClusters() is not { } living)
            return centroids;
        return (AreFixed(living) ? centroids.detach() : centroids).index_select(0, living);
    }

    /// <summary>Whether the centroids are not trained any more.</summary>
    protected bool HasFixedCentroids => _options.UnseenRule is { FixesCentroids: true } && AreFixed(LivingClusters()!);

    private bool AreFixed(Tensor living) => _options.UnseenRule!.FixesCentroids && living.shape[0] < centroids.shape[0];

    /// <summary>The nearest cluster of each z, (n, p) -> (n) of int64, 0 to k - 1.</summary>
    public Tensor NearestClusters(Tensor embedding)
    {
        var nearest = CentroidDistance.Squared(embedding, LivingCentroids()).argmin(1L);
        return LivingClusters() is { } living ? living.index_select(0, nearest) : nearest;
    }

    /// <summary>The nearest cluster of each row of the data, (n) of int64. The result belongs to the dispose scope of the call.</summary>
    public Tensor NearestClusters(TrainingContext context)
    {
        using var gradientsOff = no_grad();
        return MapAll(context, NearestClusters);
    }

    /// <summary>Who decides which clusters live; the caller disposes it. Null where none dies.</summary>
    public DyingClusters? CreateDyingClusters() => alive is null ? null : new(_options.UnseenRule!, alive);

    /// <summary>The learning rate of pretraining.</summary>
    public double PretrainingRate => _options.PretrainingLearningRate ?? _options.LearningRate;

    /// <summary>What the steps of pretraining are taken with; the caller disposes it.</summary>
    public ParameterOptimizer CreatePretrainingOptimizer(IEnumerable<Parameter> parameters) => CreateOptimizer(_options.PretrainingOptimizer, parameters, PretrainingRate);

    /// <summary>An optimiser of this kind; the caller disposes it.</summary>
    protected static ParameterOptimizer CreateOptimizer(OptimizerKind kind, IEnumerable<Parameter> parameters, double learningRate) => kind == OptimizerKind.Adam
        ? new AdamOptimizer(parameters, learningRate)
        : new MomentumOptimizer(parameters, learningRate, Momentum);

    /// <summary>For methods whose Adam goes on from pretraining: that optimiser, or null where the options ask pretraining for one of its own.</summary>
    protected ParameterOptimizer? CarriedOn(ParameterOptimizer adam) => _options.PretrainingOptimizer == OptimizerKind.Adam && !_options.HasFreshOptimizer ? adam : null;

    public override void Initialize(Generator generator) => InitializeWeights(autoencoder, generator);

    /// <summary>Draws the weights of a network from the distribution that the options name.</summary>
    public void InitializeWeights(nn.Module network, Generator generator) => WeightInitializer.Initialize(network, _options.Initialization, generator);

    /// <summary>A new critic of decoded images, as wide as the encoder; the caller disposes it.</summary>
    public Critic CreateCritic()
    {
        var critic = new Critic(_choice.Create(FirstBlockTap.AfterPooling), EmbeddingSize);
        PrecisionLayer.Set(critic, _options.Precision);
        return critic;
    }

    public override ClusterAssignment Assign(Tensor prepared)
    {
        var embedding = Embed(prepared);
        var distances = Distances(embedding);
        return new(embedding, distances, Probabilities(distances));
    }

    public OnnxAssignment Assign(OnnxValue prepared)
    {
        var embedding = autoencoder.Encode(prepared);
        var distances = Distances(embedding);
        return new(embedding, distances, Probabilities(distances));
    }

    public override Tensor FindCentroids() => LivingCentroids();

    public override Tensor DecodeCentroids() => _choice.Undo(Output(autoencoder.Decode(LivingCentroids())));

    public override IEnumerable<Parameter> EncoderParameters => autoencoder.EncoderParameters;

    /// <summary>Where clusters have died, k-means places those that are left on the embeddings of the last epoch.</summary>
    public override void Finish(TrainingContext context)
    {
        using var scope = NewDisposeScope();
        if (LivingClusters() is { } living && living.shape[0] < centroids.shape[0])
            InitializeCentroids(context);
    }

    public override (ClusteringMethod Method, DeepClusteringOptions Options) Compact(DeepClusteringOptions options, InputShape shape)
    {
        if (alive is null)
            return (this, options);
        using var gradientsOff = no_grad();
        using var indices = LivingClusters()!;
        using var living = centroids.index_select(0, indices);
        var own = (AutoencoderFamilyOptions)options.Copy();
        (own.NumberOfClusters, own.EmbeddingSize) = ((int)living.shape[0], (int)EmbeddingSize);
        own.ForgetUnseen();
        var compact = (AutoencoderFamilyMethod)own.CreateMethod(shape);
        if (living.device_type != DeviceType.CPU)
            compact.to(living.device);
        compact.autoencoder.load_state_dict(autoencoder.state_dict());
        compact.centroids.copy_(living);
        compact.train(training);
        Dispose();
        return (compact, own);
    }

    /// <summary>(n, input shape) -> z (n, p).</summary>
    public Tensor Embed(Tensor batch) => autoencoder.Encode(batch).Embedding;

    /// <summary>The same as scoring embeds rows, in inference mode and in float32, during a training step: for what assigns rows to clusters and is no part of the loss.</summary>
    public Tensor EmbedAsScored(Tensor batch)
    {
        var wasTraining = training;
        eval();
        try
        {
            return Embed(batch);
        }
        finally
        {
            train(wasTraining);
        }
    }

    /// <summary>The rows as a training step is to see them: images changed at random where the options ask for it.</summary>
    public Tensor Augment(Tensor rows, TrainingContext context) => _augmentation?.Apply(rows, context.Generator) ?? rows;

    /// <summary>The rows as a step of pretraining is to see them.</summary>
    public Tensor AugmentForPretraining(Tensor rows, TrainingContext context) => _options.CleanPretraining ? rows : Augment(rows, context);

    /// <summary>The error of a reconstruction as it enters the total of pretraining: summed over features, where a method has no other.</summary>
    public virtual Tensor ReconstructionLoss(Tensor input, Tensor reconstruction, Tensor? weights = null)
        => ReconstructionError.SumOverFeatures(input, reconstruction, weights);

    /// <summary>The same of values in the scale of the features, where the decoder's output is of another: of the mean row, for example.</summary>
    public virtual Tensor ErrorOf(Tensor input, Tensor values, Tensor? weights) => ReconstructionLoss(input, values, weights);

    /// <summary>z (n, p) -> (n, k), the smallest of which is the assigned cluster's. Squared distances from the centroids, where a method has no other.</summary>
    protected virtual Tensor Distances(Tensor embedding) => CentroidDistance.Squared(embedding, LivingCentroids());

    /// <summary>The same in an ONNX graph: to be overridden together.</summary>
    protected virtual OnnxValue Distances(OnnxValue embedding) => CentroidDistance.Squared(embedding, centroids);

    /// <summary>What the decoder gives, in the scale of the features.</summary>
    protected virtual Tensor Output(Tensor decoded) => decoded;

    /// <summary>(n, k) squared distances -> (n, k) soft assignments. Student's t where a method has hard ones.</summary>
    public virtual Tensor Probabilities(Tensor squaredDistances) => StudentAssignment.Compute(squaredDistances);

    /// <summary>The same in an ONNX graph: to be overridden together.</summary>
    protected virtual OnnxValue Probabilities(OnnxValue squaredDistances) => StudentAssignment.Compute(squaredDistances);

    /// <summary>Maps the embeddings of all rows in inference mode, batch by batch: (n, ...). The result belongs to the dispose scope of the call.</summary>
    /// <param name="context">The data.</param>
    /// <param name="map">z of a batch (b, p) -> (b, ...).</param>
    public Tensor MapAll(TrainingContext context, Func<Tensor, Tensor> map)
        => AllRows.Map(this, context.Data, _options.ScoringBatchSize, rows => [map(Embed(rows))], context.Cancellation)[0];

    /// <summary>Initialises the centroids as the options say.</summary>
    public void InitializeCentroids(TrainingContext context, CentroidInitialization initialization)
    {
        if (initialization == CentroidInitialization.KMeans)
            InitializeCentroids(context);
        else
            DrawCentroids(context);
    }

    /// <summary>Initialises the centroids by k-means on the embeddings of all rows.</summary>
    public void InitializeCentroids(TrainingContext context) => PlaceCentroids(context, context.Data, _options.KMeansRestarts, fromFormer: false);

    /// <summary>Initialises the centroids by k-means on the embeddings of so many rows, drawn at random, or of all.</summary>
    public void InitializeCentroids(TrainingContext context, long mostRows)
    {
        var count = Math.Max(mostRows, _options.NumberOfClusters);
        if (context.Rows <= count)
        {
            InitializeCentroids(context);
            return;
        }

        using var order = context.Shuffled();
        using var chosen = order.narrow(0, 0, count);
        using var rows = new SampledRows(context.Data, chosen);
        PlaceCentroids(context, rows, _options.KMeansRestarts, fromFormer: false);
    }

    /// <summary>Runs k-means on the embeddings of all rows again, from the present centroids and from fresh ones; clusters keep their numbers.</summary>
    /// <param name="context">The run.</param>
    /// <param name="restarts">Runs from k-means++ besides the one from the present centroids, 0 or more.</param>
    public void ReinitializeCentroids(TrainingContext context, int restarts) => PlaceCentroids(context, context.Data, restarts, fromFormer: true);

    private void PlaceCentroids(TrainingContext context, TrainingRows rows, int restarts, bool fromFormer)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var living = LivingCentroids().detach();
        var embeddings = AllRows.Map(this, rows, _options.ScoringBatchSize, b => [Embed(b)], context.Cancellation)[0];
        if (!embeddings.isfinite().all().item<bool>())
            throw new TrainingDivergedException("the embeddings have values that are not finite, among which k-means cannot place centroids");
        var found = KMeans.Run(embeddings, (int)living.shape[0], restarts, context.Generator, fromFormer ? living : null, context.Cancellation, rows.Weights);
        if (LivingClusters() is { } clusters)
            centroids.index_copy_(0, clusters, found.Centroids);
        else
            centroids.copy_(found.Centroids);
    }

    // The numbers of those, (k') of int64; null where none dies.
    private Tensor? LivingClusters() => alive?.nonzero().flatten();

    // From U(-1, 1).
    private void DrawCentroids(TrainingContext context)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        centroids.copy_(rand(centroids.shape, dtype: ScalarType.Float32, device: CPU, generator: context.Generator).Times(2).Minus(1).to(centroids.device));
    }
}
