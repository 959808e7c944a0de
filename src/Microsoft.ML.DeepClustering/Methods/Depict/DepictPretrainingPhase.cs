using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Methods.Pretraining;
using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.Depict;

/// <summary>The first stage of DEPICT: reconstruction alone.</summary>
internal sealed class DepictPretrainingPhase(DepictMethod method, DepictOptions options, ParameterOptimizer optimizer, long rows) : DepictPhase(method, options, optimizer, rows)
{
    private double? _errorOfMean;
    private bool _hasSettled;

    public override string Name => PretrainingPhase.PhaseName;

    public override int Epochs { get; } = options.PretrainingEpochsFor(rows);

    public override bool HasClusters => false;

    public override bool HasConverged => _hasSettled;

    // The error of this epoch is not in the history yet.
    public override void OnEpochEnd(TrainingContext context, int epoch)
    {
        if (Options.PretrainingEpochs is not null || epoch == Epochs)
            return;
        var errors = context.Epochs.Where(e => e.Phase == Name).Select(e => e.Losses["reconstruction"]).ToArray();
        _errorOfMean ??= MeanRow.Error(context.Data, Options.ScoringBatchSize, ReconstructionError.MeanOverElements, context.Cancellation);
        _hasSettled = PlateauRule.IsReached(errors, Batches(context.Rows).Count, _errorOfMean.Value);
        if (_hasSettled)
            context.Log($"The reconstruction error has stopped falling; pretraining ends with epoch {epoch} of at most {Epochs}.");
    }

    protected override Tensor? TargetOf(Tensor indices) => null;
}
