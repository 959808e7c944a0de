#nullable disable
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering;

/// <summary>Reconstruction alone, before there are clusters.</summary>
internal class PretrainingPhase(AutoencoderSystem system, AutoencoderFamilyOptions options, optim.Optimizer optimizer)
    : AutoencoderPhase(system, options, optimizer, "pretraining", options.PretrainingEpochs)
{
    public override bool HasClusters => false;

    public override Tensor See(Tensor rows, TrainingContext context) => Method.Augment(rows, context);

    /// <summary>For the epochs that the options give it; nothing when there are none.</summary>
    public static IEnumerable<TrainingPhase> Of(AutoencoderSystem system, AutoencoderFamilyOptions options, optim.Optimizer optimizer)
        => options.PretrainingEpochs == 0 ? [] : [new PretrainingPhase(system, options, optimizer)];
}
