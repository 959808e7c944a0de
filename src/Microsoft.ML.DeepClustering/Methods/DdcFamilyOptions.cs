using System.Text.Json.Serialization;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Options;
using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering;

/// <summary>
/// What the methods with DDC's clustering module have in common: Kampffmeyer et al. 2019; Trosten et al. 2021 and 2024. Where
/// <see cref="DeepClusteringOptions.NumberOfEpochs"/> is null they are 200 or more. Where <see cref="DeepClusteringOptions.BatchSize"/> is null
/// a step has 120 rows; up to 960 rows are parted into even batches of at most 120.
/// </summary>
public abstract class DdcFamilyOptions : DeepClusteringOptions
{
    private protected DdcFamilyOptions()
    {
    }

    /// <summary>
    /// Epochs between evaluations of the total loss in inference mode, 1 or more; the weights of the epoch of lowest total loss are kept.
    /// Default: 4, as in the authors' code.
    /// </summary>
    public int EvaluationInterval { get; set; } = 4;

    /// <summary>The width of the Gaussian kernel of the embeddings. Default: <see cref="BandwidthRule.MedianOfSquaredDistances"/>, as in the authors' code.</summary>
    public BandwidthRule Bandwidth { get; set; } = BandwidthRule.MedianOfSquaredDistances;

    /// <summary>The gradient of the distances between embeddings. Default: <see cref="DistanceGradient.Exact"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public DistanceGradient DistanceGradient { get; set; }

    /// <summary>The norm to which the gradient of each variable is clipped, above 0; infinity clips none. Default: 10, as in the authors' code.</summary>
    public double GradientClip { get; set; } = 10;

    internal override int UsualEpochs => 200;

    internal override int UsualBatchSize(long rows) => LengthRule.FullBatchSize(120, rows);

    internal override InputPreparation PreparationFor(InputShape shape) => this.NetworkFor(shape).Preparation;

    internal override Int128 MinimumWeights(InputShape shape)
    {
        var network = this.NetworkFor(shape);
        return network.ChosenWeights + (DdcClusteringModule.EmbeddingSize * ((Int128)network.FeatureCount + NumberOfClusters));
    }

    /// <summary>What the presets of Trosten et al. have in common: batches of 120, 200 epochs, Glorot uniform weights, the normalisation of Keras.</summary>
    private protected void SetTrosten(double learningRate)
        => (BatchSize, NumberOfEpochs, LearningRate, Initialization, Normalization) = (120, 200, learningRate, WeightInitialization.GlorotUniform, NormalizationConstants.Keras);

    internal override void Validate(OptionFaults faults)
    {
        base.Validate(faults);
        faults.AtLeast(EvaluationInterval, 1, nameof(EvaluationInterval));
        faults.Known(Bandwidth, nameof(Bandwidth));
        faults.Known(DistanceGradient, nameof(DistanceGradient));
        faults.Require(GradientClip > 0, nameof(GradientClip), GradientClip, "above 0");
    }
}
