using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Methods.AutoencoderKMeans;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Options;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering;

/// <summary>
/// Options of AE+KM: an autoencoder trained on reconstruction, then k-means on its embeddings. The baseline of Moradi Fard et al., "Deep k-Means",
/// Pattern Recognition Letters 138, 2020, Section 4. Of several runs the one of lowest reconstruction error is kept. Default: 50 epochs, as there.
/// </summary>
public sealed class AutoencoderKMeansOptions : AutoencoderFamilyOptions
{
    internal override ClusteringMethod CreateMethod(InputShape shape) => new AutoencoderKMeansMethod(this, new NetworkChoice(Network, shape));

    internal override void Validate(OptionFaults faults)
    {
        base.Validate(faults);
        faults.AtLeast(PretrainingEpochs, 1, nameof(PretrainingEpochs));
    }
}
