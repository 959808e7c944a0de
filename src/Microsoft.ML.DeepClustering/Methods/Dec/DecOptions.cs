using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Methods.Dec;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering;

/// <summary>
/// Options of DEC, deep embedded clustering: Xie, Girshick and Farhadi, "Unsupervised deep embedding for clustering analysis", ICML 2016.
/// On the convolutional network it is the DEC-Conv of Trosten et al. 2024.
/// </summary>
/// <remarks>
/// Its own defaults: <c>LearningRate = 1e-4, Initialization = GlorotUniform, EmbeddingSize = 10,
/// PretrainingLearningRate = 1e-3, Augmentation = null</c>.
/// </remarks>
public sealed class DecOptions : DecFamilyOptions
{
    internal override ClusteringMethod CreateMethod(InputShape shape) => new DecMethod(this, new NetworkChoice(Network, shape));

    /// <summary>Settings of the papers.</summary>
    public static class Presets
    {
        /// <summary>The code of Trosten et al. 2024: 200 epochs of pretraining, then 400; Adam at 1e-3, batches of 256, the target updated every 140 epochs.</summary>
        public static DecOptions Pr24()
        {
            var options = new DecOptions();
            options.SetPr24(1e-3);
            return options;
        }
    }
}
