using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Kernels;
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Methods.Reclustering;
using Microsoft.ML.DeepClustering.Methods.Unseen;
using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.Dcn;

/// <summary>The phase of DCN after pretraining: a step of the network, then one of the assignments and centroids. Yang et al. 2017, Algorithm 1.</summary>
internal sealed class DcnPhase(DcnMethod method, DcnOptions options, ParameterOptimizer optimizer, long rows)
    : AutoencoderPhase(method, options, optimizer, "clustering", options.EpochsFor(rows), rows), IDisposable
{
    // The cluster of each row, (n), and how many rows each centroid has had; both from OnStart or Resume on.
    private Tensor? _labels;
    private CountedCentroids? _counted;
    private readonly DyingClusters? _dying = method.CreateDyingClusters();

    /// <summary>||x - x̂||² + λ/2 ||z - r||²: Yang et al. 2017, Equation 4.</summary>
    public override LossTerms Loss(TrainingBatch batch)
    {
        if (options.PairLoss)
            return PairLoss(batch);
        var embedding = method.Embed(batch.Seen);
        var terms = new LossTerms();
        terms.AddAuxiliary("reconstruction", 1, method.ReconstructionLoss(batch.Seen, method.Autoencoder.Decode(embedding), batch.Weights));
        terms.Add("clustering", NearestCentroidLoss.Compute(embedding, method.Centroids, _labels!.index_select(0, batch.Indices), batch.Weights).Times(options.ClusteringWeight));
        AddNeighbors(terms, embedding, batch.Weights);
        return terms;
    }

    public override Tensor See(Tensor rows, TrainingContext context) => options.PairLoss ? method.Augment(rows, context) : rows;

    public override void OnEpochStart(TrainingContext context, int epoch)
    {
        if (options.Brb is not { } brb || !brb.IsDue(epoch))
            return;
        ReclusteringBarrier.Break(method, brb, Optimizer, context, epoch);
        if (!brb.MovesRows)
            return;
        Relabel(context);
        _dying?.Start(_labels!.clone().DetachFromDisposeScope());
        if (!brb.Reclusters)
            return;
        // Centroids in other places have not had any rows yet.
        _counted?.Dispose();
        _counted = new CountedCentroids(method.Centroids);
    }

    public override void OnStart(TrainingContext context)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        ReclusteringBarrier.Begin(options.Brb, Epochs, context);
        method.InitializeCentroids(context, options.CentroidInitialization);
        _labels = method.NearestClusters(context).DetachFromDisposeScope();
        _counted = new CountedCentroids(method.Centroids);
        _dying?.Start(_labels.clone().DetachFromDisposeScope());
    }

    public override IReadOnlyDictionary<string, Tensor> State()
    {
        var state = new Dictionary<string, Tensor> { [nameof(_labels)] = _labels!, [nameof(_counted)] = _counted!.Counts };
        if (_dying is not null)
            state[nameof(_dying)] = _dying.Reference;
        return state;
    }

    public override void OnEpochEnd(TrainingContext context, int epoch)
    {
        if (options.CentroidRate is { } rate)
            FollowRows(context, rate);
        if (_dying is not null && _dying.Update(() => _labels!, () => method.NearestClusters(context), context.Log))
            Relabel(context);
    }

    public override EpochRecord Complete(EpochRecord record) => _dying?.Complete(record) ?? record;

    public override void Resume(IReadOnlyDictionary<string, Tensor> state, TrainingContext context)
    {
        _labels = KeptLabels(state[nameof(_labels)], context, options.NumberOfClusters);
        _counted = new CountedCentroids(method.Centroids);
        using var gradientsOff = no_grad();
        using var counts = Kept(state[nameof(_counted)], context, options.NumberOfClusters);
        if (!(counts.min().item<float>() > 0))
            throw new InvalidDataException("Its centroids have had no samples, or less.");
        _counted.Counts.copy_(counts);
        _dying?.Start(KeptLabels(state[nameof(_dying)], context, options.NumberOfClusters));
    }

    // Equations 7 and 8: with the network fixed, each row goes to its nearest centroid and moves it.
    public override void OnBatchEnd(TrainingBatch batch, LossTerms terms)
    {
        if (options.CentroidRate is not null)
            return;
        using var gradientsOff = no_grad();
        var embedding = method.EmbedAsScored(batch.Rows);
        var labels = method.NearestClusters(embedding);
        _labels!.index_copy_(0, batch.Indices, labels);
        _counted!.Update(method.Centroids, embedding, labels, batch.Weights);
    }

    public void Dispose()
    {
        _labels?.Dispose();
        _counted?.Dispose();
        _dying?.Dispose();
    }

    private void Relabel(TrainingContext context)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        _labels?.Dispose();
        _labels = method.NearestClusters(context).DetachFromDisposeScope();
    }

    // The same with one rate, in a pass after the epoch; the network stays as it is meanwhile, so that all rows are embedded once.
    private void FollowRows(TrainingContext context, double rate)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var embeddings = method.MapAll(context, z => z);
        foreach (var indices in context.Shuffled().split(BatchSize))
        {
            using var batchScope = NewDisposeScope();
            var batch = embeddings.index_select(0, indices);
            var labels = method.NearestClusters(batch);
            _labels!.index_copy_(0, indices, labels);
            TrackingCentroids.Update(method.Centroids, batch, labels, rate, context.WeightsOf(indices));
        }
    }

    // Beside λ/2 ||z - r||².
    private void AddNeighbors(LossTerms terms, Tensor embedding, Tensor? weights)
    {
        if (options.Unseen is { } unseen)
            terms.Add("neighbors", NearestNeighborLoss.Compute(EuclideanDistance.SquaredPairwise(embedding), method.LivingCentroids().shape[0], relative: false, weights).Times(0.5 * options.ClusteringWeight * unseen.NeighborWeight));
    }

    // The mean of the losses of the images and of the changed images, both with the nearest centroid of the image: Miklautz et al. 2025.
    private LossTerms PairLoss(TrainingBatch batch)
    {
        var (clean, changed) = (method.Embed(batch.Rows), method.Embed(batch.Seen));
        var labels = method.NearestClusters(clean.detach());
        var terms = new LossTerms();
        terms.AddAuxiliary("reconstruction", 1, Error(batch.Rows, clean).Plus(Error(batch.Seen, changed)).Times(0.5));
        terms.Add("clustering", Distance(clean).Plus(Distance(changed)).Times(0.5 * options.ClusteringWeight));
        AddNeighbors(terms, clean, batch.Weights);
        return terms;

        Tensor Error(Tensor images, Tensor embedding) => method.ReconstructionLoss(images, method.Autoencoder.Decode(embedding), batch.Weights);

        Tensor Distance(Tensor embedding) => NearestCentroidLoss.Compute(embedding, method.Centroids, labels, batch.Weights);
    }
}
