using System.Globalization;
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.Depict;

/// <summary>
/// The last stage of DEPICT: reconstruction, and a target that is made of the probabilities of all rows once an epoch, after 140 steps where an epoch has fewer than 30, until it has come
/// to rest. Ghasedi Dizaji et al. 2017, Section 3.1.
/// </summary>
internal sealed class DepictClusteringPhase(DepictMethod method, DepictOptions options, ParameterOptimizer optimizer, long rows)
    : DepictPhase(method, options, optimizer, rows), IDisposable
{
    // A share of the rows.
    private const double LeastStaying = 0.75;

    // Q, (rows, k); from OnStart or Resume on.
    private Tensor? _target;

    // The cluster of each row when the stage begins, (rows) of int64; the same.
    private Tensor? _before;

    // Of the present epoch; null in those without a new target.
    private double? _change;
    private bool _hasSettled;

    public override string Name => "clustering";

    public override int Epochs { get; } = options.EpochsFor(rows);

    public override bool HasConverged => _hasSettled;

    public override void OnStart(TrainingContext context) => (_before, _target) = (Method.Clusters(context).DetachFromDisposeScope(), CreateTarget(context));

    public override IReadOnlyDictionary<string, Tensor> State() => new Dictionary<string, Tensor>
    {
        [nameof(_target)] = _target!,
        [nameof(_before)] = _before!,
    };

    public override void Resume(IReadOnlyDictionary<string, Tensor> state, TrainingContext context)
    {
        _target = Kept(state[nameof(_target)], context, context.Rows, Options.NumberOfClusters);
        _before = KeptLabels(state[nameof(_before)], context, Options.NumberOfClusters);
    }

    public override void OnEpochEnd(TrainingContext context, int epoch)
    {
        _change = null;
        if (epoch % EpochsBetweenTargets(context.Rows) != 0)
            return;
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var next = CreateTarget(context);
        _change = (next - _target!).Squared().mean().to(ScalarType.Float64).item<double>();
        _hasSettled = _change < Options.TargetTolerance;
        _target!.Dispose();
        _target = next;
        if (_hasSettled && epoch < Epochs)
            context.Log(string.Create(CultureInfo.InvariantCulture, $"The target has changed by {_change:0.0e0} in the mean square, less than TargetTolerance; training ends with epoch {epoch}."));
    }

    public override EpochRecord Complete(EpochRecord record) => _change is { } change ? record with { Quantities = new Dictionary<string, double> { ["change"] = change } } : record;

    /// <summary>Warns where many rows have left their cluster. Called after the stage, with the weights that it keeps.</summary>
    public void WarnOfMoves(TrainingContext context)
    {
        using var scope = NewDisposeScope();
        // A stage that an earlier process has ended has said it there.
        if (_before is not null && Method.Clusters(context).eq(_before).to(ScalarType.Float64).mean().item<double>() is < LeastStaying and var share)
            context.Warn(string.Create(CultureInfo.InvariantCulture, $"{1 - share:P0} of the rows have left the cluster that they were in when the stage clustering began; the clusters may be worse than the first ones. Compare the silhouette with that of AutoencoderKMeans, or lower LearningRate or NumberOfEpochs."));
    }

    public void Dispose()
    {
        _target?.Dispose();
        _before?.Dispose();
    }

    protected override Tensor? TargetOf(Tensor indices) => _target!.index_select(0, indices);

    // As DEC's: a target that follows the network after each step or two carries its clusters away.
    private long EpochsBetweenTargets(long rows)
    {
        var batches = Batches(rows).Count;
        return (DecFamilyOptions.UsualStepsBetweenUpdates(batches) + batches - 1) / batches;
    }

    // The caller frees it.
    private Tensor CreateTarget(TrainingContext context)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var probabilities = Method.MapAll(context, Method.Probabilities);
        var target = Options.Target == DepictTarget.Balanced
            ? TargetDistribution.Balanced(probabilities, context.Data.Weights)
            : TargetDistribution.Compute(probabilities, context.Data.Weights);
        return target.DetachFromDisposeScope();
    }
}
