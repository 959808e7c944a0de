using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Methods.AutoencoderKMeans;
using Microsoft.ML.DeepClustering.Options;
using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering;

/// <summary>
/// Options of AE+KM: an autoencoder trained on reconstruction, then k-means on its embeddings. The baseline of Moradi Fard et al., "Deep k-Means",
/// Pattern Recognition Letters 138, 2020, Section 4. Of several runs the one of lowest reconstruction error is kept. It trains in
/// <see cref="AutoencoderFamilyOptions.PretrainingEpochs"/> alone, 1 or more; <see cref="DeepClusteringOptions.NumberOfEpochs"/> must stay null, or be 0.
/// </summary>
/// <remarks>
/// Its own defaults: <c>LearningRate = 1e-3, Initialization = GlorotUniform, EmbeddingSize = null,
/// PretrainingLearningRate = null, Augmentation = null</c>. A length that is null is 50 epochs, as in that paper, or more.
/// </remarks>
public sealed class AutoencoderKMeansOptions : AutoencoderFamilyOptions
{
    internal override int MinimumEpochs => 0;

    internal override ClusteringMethod CreateMethod(InputShape shape) => new AutoencoderKMeansMethod(this, this.NetworkFor(shape));

    internal override void Validate(OptionFaults faults)
    {
        base.Validate(faults);
        faults.AtLeast(PretrainingEpochs ?? 1, 1, nameof(PretrainingEpochs));
        faults.Require(NumberOfEpochs is null or <= 0, nameof(NumberOfEpochs), NumberOfEpochs, "null, since this method ends with its pretraining: set PretrainingEpochs");
    }
}
