using Microsoft.ML.DeepClustering.Metrics.Mismatch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Training.Listeners;

/// <summary>Measures, batch by batch, how well the clustering and the auxiliary objective of a method agree.</summary>
internal sealed class MismatchProbe(ClusteringMethod method) : ITrainingListener, IDisposable
{
    private readonly Parameter[] _encoder = method.EncoderParameters.ToArray();

    // (drift, auxiliary loss) of each batch of the epoch; they stay on the device until it is over.
    private readonly List<Tensor> _batches = [];

    public void OnLoss(LossTerms terms)
    {
        if (!terms.HasAuxiliary)
            return;
        using var scope = NewDisposeScope();
        var drift = FeatureDrift.Compute(terms.Clustering(), terms.Auxiliary(), _encoder);
        _batches.Add(stack(new[] { drift.detach(), terms.UnweightedAuxiliary().detach() }).DetachFromDisposeScope());
    }

    public EpochRecord Complete(TrainingPhase phase, EpochRecord record)
    {
        if (_batches.Count == 0)
            return record;
        using var scope = NewDisposeScope();
        // (batches, 2)
        var values = stack(_batches).to(ScalarType.Float64).cpu().data<double>().ToArray();
        var drifts = values.Where((_, i) => i % 2 == 0).Where(d => !double.IsNaN(d)).DefaultIfEmpty(double.NaN).Average();
        var losses = values.Where((_, i) => i % 2 == 1).Average();
        Dispose();
        return record with { Mismatch = new EpochMismatch(drifts, losses) };
    }

    public void Dispose()
    {
        foreach (var batch in _batches)
            batch.Dispose();
        _batches.Clear();
    }
}
