using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.Idec;

/// <summary>IDEC: Guo et al. 2017. The decoder is trained on after pretraining.</summary>
internal sealed class IdecMethod(IdecOptions options, NetworkChoice choice) : DecFamilyMethod(options, choice)
{
    protected override IEnumerable<Parameter> TrainedParameters => autoencoder.parameters().Append(centroids);

    /// <summary>γ KL(P || Q) and the weighted mean squared error: Guo et al. 2017, Equation 8.</summary>
    public override LossTerms Loss(Tensor batch, Tensor? target, Tensor? weights = null)
    {
        var embedding = Embed(batch);
        var terms = new LossTerms();
        terms.Add("clustering", Divergence(target, SoftAssignments(embedding), weights).Times(options.ClusteringWeight));
        terms.AddAuxiliary("reconstruction", options.ReconstructionWeight, ReconstructionLoss(batch, autoencoder.Decode(embedding), weights));
        return terms;
    }

    public override LossTerms PairLoss(TrainingBatch batch)
    {
        var (clean, changed) = (Embed(batch.Rows), Embed(batch.Seen));
        var errors = ReconstructionLoss(batch.Rows, autoencoder.Decode(clean), batch.Weights).Plus(ReconstructionLoss(batch.Seen, autoencoder.Decode(changed), batch.Weights));
        var terms = new LossTerms();
        terms.Add("clustering", PairedCrossEntropy(clean, changed, batch.Weights).Times(options.ClusteringWeight));
        terms.AddAuxiliary("reconstruction", options.ReconstructionWeight, errors.Times(0.5));
        return terms;
    }
}
