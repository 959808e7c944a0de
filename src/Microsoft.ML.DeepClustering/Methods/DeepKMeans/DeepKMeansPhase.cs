using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Kernels;
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Methods.Reclustering;
using Microsoft.ML.DeepClustering.Methods.Unseen;
using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.DeepKMeans;

/// <summary>The phase of Deep k-Means after pretraining: gradients move network and centroids together. Moradi Fard et al. 2020, Algorithm 1.</summary>
internal sealed class DeepKMeansPhase(DeepKMeansMethod method, DeepKMeansOptions options, ParameterOptimizer optimizer, long rows)
    : AutoencoderPhase(method, options, optimizer, "clustering", options.EpochsFor(rows), rows), IDisposable
{
    private readonly DyingClusters? _dying = method.CreateDyingClusters();
    private double _alpha = options.Alpha;

    /// <summary>||x - x̂||² + λ Σ_k f(z, r_k) G_k: Moradi Fard et al. 2020, Equation 5.</summary>
    public override LossTerms Loss(TrainingBatch batch)
    {
        var embedding = method.Embed(batch.Seen);
        var terms = new LossTerms();
        terms.AddAuxiliary("reconstruction", 1, method.ReconstructionLoss(batch.Seen, method.Autoencoder.Decode(embedding), batch.Weights));
        var distances = CentroidDistance.Squared(embedding, method.LivingCentroids()); // (n, p), (k, p) -> (n, k)
        terms.Add("clustering", SoftKMeansLoss.Compute(distances, _alpha, batch.Weights).Times(options.ClusteringWeight));
        if (options.Unseen is { } unseen)
            terms.Add("neighbors", NearestNeighborLoss.Compute(EuclideanDistance.SquaredPairwise(embedding), distances.shape[1], relative: true, batch.Weights).Times(options.ClusteringWeight * unseen.NeighborWeight));
        return terms;
    }

    public override void OnStart(TrainingContext context)
    {
        ReclusteringBarrier.Begin(options.Brb, Epochs, context);
        method.InitializeCentroids(context, options.CentroidInitialization);
        _dying?.Start(method.NearestClusters(context).DetachFromDisposeScope());
    }

    public override IReadOnlyDictionary<string, Tensor> State()
        => _dying is null ? base.State() : new Dictionary<string, Tensor> { [nameof(_dying)] = _dying.Reference };

    public override void Resume(IReadOnlyDictionary<string, Tensor> state, TrainingContext context)
        => _dying?.Start(KeptLabels(state[nameof(_dying)], context, options.NumberOfClusters));

    public override void OnEpochStart(TrainingContext context, int epoch)
    {
        if (options.Annealing)
            _alpha = AnnealingSchedule.At(epoch, Epochs);
        if (options.Brb is not { } brb || !brb.IsDue(epoch))
            return;
        ReclusteringBarrier.Break(method, brb, Optimizer, context, epoch);
        if (brb.MovesRows)
            _dying?.Start(method.NearestClusters(context).DetachFromDisposeScope());
    }

    public override void OnEpochEnd(TrainingContext context, int epoch)
    {
        if (options.Reinitialization)
            method.ReinitializeCentroids(context, options.ReinitializationRestarts);
        _dying?.Update(() => method.NearestClusters(context), () => method.NearestClusters(context), context.Log);
    }

    public override EpochRecord Complete(EpochRecord record) => _dying?.Complete(record) ?? record;

    public void Dispose() => _dying?.Dispose();
}
