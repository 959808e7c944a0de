using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Methods.Pretraining;
using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.Depict;

/// <summary>The first stage of DEPICT: reconstruction alone.</summary>
internal sealed class DepictPretrainingPhase(DepictMethod method, DepictOptions options, ParameterOptimizer optimizer, long rows) : DepictPhase(method, options, optimizer, rows)
{
    private readonly PlateauStop _plateau = new();

    public override string Name => PretrainingPhase.PhaseName;

    public override int Epochs { get; } = options.PretrainingEpochsFor(rows);

    public override bool HasClusters => false;

    public override bool HasConverged => _plateau.IsReached;

    public override void OnEpochEnd(TrainingContext context, int epoch)
    {
        if (Options.PretrainingEpochs is null)
            _plateau.Update(this, context, epoch, Options.ScoringBatchSize, ReconstructionError.MeanOverElements);
    }

    protected override Tensor? TargetOf(Tensor indices) => null;
}
