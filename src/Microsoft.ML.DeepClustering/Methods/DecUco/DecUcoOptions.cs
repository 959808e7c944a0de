using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Methods.DecUco;
using Microsoft.ML.DeepClustering.Options;
using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering;

/// <summary>
/// Options of DEC-UCO, DEC with the unsupervised companion objective on the blocks of its encoder: Trosten, Løkse, Jenssen and Kampffmeyer,
/// "Leveraging tensor kernels to reduce objective function mismatch in deep clustering", Pattern Recognition 149, 2024. A in the companions is DEC's Q.
/// </summary>
/// <remarks>
/// Its own defaults: <c>LearningRate = 1e-4, Initialization = GlorotUniform, EmbeddingSize = 10,
/// PretrainingLearningRate = 1e-3, Augmentation = null</c>.
/// </remarks>
public sealed class DecUcoOptions : DecFamilyOptions
{
    /// <summary>The companion objective. Copied with the options. Default: new CompanionOptions().</summary>
    public CompanionOptions Companion { get; set; } = new();

    // The companions compare the rows of a batch.
    internal override int UsualBatchSize(long rows) => LengthRule.FullBatchSize(256, rows);

    internal override ClusteringMethod CreateMethod(InputShape shape) => new DecUcoMethod(this, this.NetworkFor(shape));

    internal override DeepClusteringOptions Copy()
    {
        var copy = (DecUcoOptions)base.Copy();
        copy.Companion = Companion?.Copy()!;
        return copy;
    }

    internal override void Validate(OptionFaults faults)
    {
        base.Validate(faults);
        faults.Require(Companion is not null, nameof(Companion), "null", "options of the companion objective");
        Companion?.Validate(faults, nameof(Companion));
    }

    /// <summary>Settings of the papers.</summary>
    public static class Presets
    {
        /// <summary>
        /// The code of Trosten et al. 2024: tensor kernel, λ = 0.01, ω constant; 200 epochs of pretraining, then 400; Adam at 1e-4,
        /// batches of 256, the target updated every 140 epochs; the normalisation of Keras.
        /// </summary>
        public static DecUcoOptions Pr24()
        {
            var options = new DecUcoOptions();
            options.SetPr24(1e-4);
            return options;
        }
    }
}
