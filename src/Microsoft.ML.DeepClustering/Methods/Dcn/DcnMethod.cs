using Microsoft.ML.DeepClustering.Methods.Pretraining;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering.Methods.Dcn;

/// <summary>DCN: Yang et al. 2017, Algorithm 1.</summary>
internal sealed class DcnMethod(DcnOptions options, NetworkChoice choice) : AutoencoderFamilyMethod(options, choice)
{
    public override IEnumerable<TrainingPhase> Phases(TrainingContext context)
    {
        using var optimizer = new AdamOptimizer(autoencoder.parameters(), PretrainingRate);
        foreach (var phase in PretrainingPhase.Create(this, options, context, optimizer))
            yield return phase;
        optimizer.LearningRate = options.LearningRate;
        using var clustering = new DcnPhase(this, options, optimizer, context.Rows);
        yield return clustering;
    }
}
