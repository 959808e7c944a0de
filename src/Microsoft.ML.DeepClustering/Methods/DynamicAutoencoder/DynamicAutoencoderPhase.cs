using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.DynamicAutoencoder;

/// <summary>
/// The phase of DynAE after pretraining. A row of a clear cluster is to be decoded to the image that its centroid was decoded to, and embedded
/// at the centroid; any other row to its own image, and, where it is seen changed, embedded where it lies unchanged.
/// Mrabah et al. 2020, Equations 3 to 13; the weights of the two errors are the authors' code's.
/// </summary>
internal sealed class DynamicAutoencoderPhase(DynamicAutoencoderMethod method, DynamicAutoencoderOptions options, ParameterOptimizer optimizer, long numberOfRows)
    : TrainingPhase, IDisposable
{
    private readonly ConflictSchedule _schedule = new(options.NumberOfClusters, options.Kappa ?? 0.3 * options.NumberOfClusters, options.Thresholds);

    // What the centroids were decoded to when they were placed, (k, d); from the first placement on.
    private Tensor? _images;
    private long _iteration;
    private long _conflicted;
    private long _placements;
    private bool _ended;

    public override string Name => "clustering";

    public override int Epochs { get; } = options.EpochsFor(numberOfRows);

    public override int BatchSize { get; } = options.BatchSizeFor(numberOfRows);

    public override ParameterOptimizer Optimizer => optimizer;

    public override bool HasConverged => _ended;

    public override Tensor See(Tensor rows, TrainingContext context) => method.Augment(rows, context);

    public override LossTerms Loss(TrainingBatch batch)
    {
        var (latent, images) = Targets(batch.Rows);
        var embedding = method.Embed(batch.Seen);
        var terms = new LossTerms();
        terms.Add("clustering", ReconstructionError.MeanOverElements(latent, embedding, batch.Weights));
        terms.AddAuxiliary("reconstruction", options.ReconstructionWeight, ReconstructionError.MeanOverElements(images, method.Autoencoder.Decode(embedding).flatten(1), batch.Weights));
        return terms;
    }

    public override void OnStart(TrainingContext context)
    {
        _conflicted = numberOfRows;
        PlaceCentroids(context);
    }

    public override IReadOnlyDictionary<string, Tensor> State() => new Dictionary<string, Tensor>
    {
        [nameof(_images)] = _images!,
        [nameof(_schedule)] = tensor(_schedule.State, dtype: ScalarType.Float64, device: CPU),
        [nameof(_iteration)] = tensor(new[] { _iteration, _conflicted, _placements }, dtype: ScalarType.Int64, device: CPU),
    };

    public override void Resume(IReadOnlyDictionary<string, Tensor> state, TrainingContext context)
    {
        _images = Kept(state[nameof(_images)], context, options.NumberOfClusters, context.Data.Range(0, 1).numel());
        _schedule.Resume(Numbers<double>(state[nameof(_schedule)], 4));
        var counts = Numbers<long>(state[nameof(_iteration)], 3);
        (_iteration, _conflicted, _placements) = (counts[0], counts[1], counts[2]);
    }

    public override void OnBatchStart(TrainingContext context)
    {
        // Once it is to end, the epoch's other steps leave centroids and bounds as they are.
        if (_iteration++ % options.ConflictInterval == 0 && !_ended)
            CountConflicts(context);
    }

    public override void OnEpochEnd(TrainingContext context, int epoch)
    {
        if (epoch == Epochs && !_ended)
            context.Log($"{_conflicted} of {numberOfRows} rows are conflicted after NumberOfEpochs, which is {Epochs}; more epochs may clear them up.");
    }

    public override EpochRecord Complete(EpochRecord record) => record with
    {
        Quantities = new Dictionary<string, double>
        {
            ["steps"] = _iteration,
            ["conflicted"] = _conflicted,
            ["tolerated"] = Tolerated,
            ["confidence"] = _schedule.Confidence,
            ["margin"] = _schedule.Margin,
            ["placements"] = _placements,
        },
    };

    public void Dispose() => _images?.Dispose();

    // τ n.
    private double Tolerated => options.ConflictTolerance * numberOfRows;

    /// <summary>(n, k) soft assignments -> (n), whether a row is clear, and (n), its cluster.</summary>
    internal static (Tensor IsClear, Tensor Clusters) Judge(Tensor assignments, ConflictSchedule schedule)
    {
        var (values, clusters) = assignments.topk(2, 1);
        var highest = values.select(1, 0);
        var isClear = highest.IsAtLeast(schedule.Confidence).logical_and((highest - values.select(1, 1)).IsAtLeast(schedule.Margin));
        return (isClear, clusters.select(1, 0));
    }

    // Where each row is to be embedded, (n, p), and what it is to be decoded to, (n, d).
    private (Tensor Latent, Tensor Images) Targets(Tensor rows)
    {
        using var gradientsOff = no_grad();
        var (embedding, isClear, clusters) = Judged(rows);
        var column = isClear.unsqueeze(1);
        return (
            where(column, method.Centroids.index_select(0, clusters), embedding),
            where(column, _images!.index_select(0, clusters), rows.flatten(1)));
    }

    private (Tensor Embedding, Tensor IsClear, Tensor Clusters) Judged(Tensor rows)
    {
        var embedding = method.EmbedAsScored(rows);
        var (isClear, clusters) = Judge(StudentAssignment.Compute(CentroidDistance.Squared(embedding, method.Centroids)), _schedule);
        return (embedding, isClear, clusters);
    }

    private void CountConflicts(TrainingContext context)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var isClear = method.MapAll(context, z => Judge(StudentAssignment.Compute(CentroidDistance.Squared(z, method.Centroids)), _schedule).IsClear);
        var before = _conflicted;
        _conflicted = numberOfRows - isClear.sum(ScalarType.Int64).item<long>();
        if (_conflicted < Tolerated)
        {
            _ended = true;
            context.Log($"{_conflicted} of {numberOfRows} rows are conflicted, fewer than ConflictTolerance allows; training ends with this epoch.");
        }
        else if (_conflicted >= before)
        {
            Relax(context);
        }
    }

    // The conflicts have not become fewer: other centroids, and less is asked of a clear row.
    private void Relax(TrainingContext context)
    {
        if (!_schedule.CanFall)
        {
            _ended = true;
            context.Log(FormattableString.Invariant($"{_conflicted} of {numberOfRows} rows are conflicted, no fewer than {options.ConflictInterval} steps before, and the bounds of a clear cluster ({_schedule.Confidence:0.0000}, margin {_schedule.Margin:0.0000}) fall no farther; training ends with this epoch."));
            return;
        }

        PlaceCentroids(context);
        _schedule.Lower();
    }

    private void PlaceCentroids(TrainingContext context)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        method.PlaceCentroidsOnRows(context);
        var wasTraining = method.training;
        method.eval();
        var images = method.Autoencoder.Decode(method.Centroids).flatten(1);
        method.train(wasTraining);
        _images?.Dispose();
        _images = images.DetachFromDisposeScope();
        _placements++;
    }
}
