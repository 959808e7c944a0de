using Microsoft.ML.DeepClustering.Methods.Pretraining;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering.Methods.AutoencoderKMeans;

/// <summary>AE+KM: reconstruction, then k-means.</summary>
internal sealed class AutoencoderKMeansMethod(AutoencoderKMeansOptions options, NetworkChoice choice) : AutoencoderFamilyMethod(options, choice)
{
    public override IEnumerable<TrainingPhase> Phases(TrainingContext context) => PretrainingPhase.Create(this, options, context);

    public override void Finish(TrainingContext context) => InitializeCentroids(context);
}
