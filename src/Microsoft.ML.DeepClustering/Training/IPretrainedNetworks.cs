using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>
/// Networks that trainings on the same data have pretrained. A training that takes one over goes on bit for bit as if it had pretrained for itself.
/// </summary>
internal interface IPretrainedNetworks
{
    /// <summary>Gives a network the weights that are kept, and the run's generator the state after them.</summary>
    /// <param name="start">What pretraining begins from and what it does, as a text: with the same one it ends in the same weights.</param>
    /// <param name="network">With its initial weights.</param>
    /// <param name="context">The run.</param>
    /// <returns>The records of the epochs of pretraining; null when none is kept, and nothing has changed.</returns>
    IReadOnlyList<EpochRecord>? Restore(string start, nn.Module network, TrainingContext context);

    /// <summary>Keeps a network that is pretrained, with the state of the run's generator and the records of the epochs.</summary>
    void Keep(string start, nn.Module network, TrainingContext context, IReadOnlyList<EpochRecord> epochs);
}
