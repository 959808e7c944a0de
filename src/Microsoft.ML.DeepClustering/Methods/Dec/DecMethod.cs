using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.Dec;

/// <summary>DEC: Xie et al. 2016.</summary>
internal sealed class DecMethod(DecOptions options, NetworkChoice choice) : DecFamilyMethod(options, choice)
{
    /// <summary>KL(P || Q): Xie et al. 2016, Equation 2.</summary>
    public override LossTerms Loss(Tensor batch, Tensor target, Tensor? weights = null)
    {
        var terms = new LossTerms();
        terms.Add("clustering", AssignmentDivergence.Compute(target, SoftAssignments(Embed(batch)), weights));
        return terms;
    }

    public override LossTerms PairLoss(TrainingBatch batch)
    {
        var terms = new LossTerms();
        terms.Add("clustering", PairedCrossEntropy(Embed(batch.Rows), Embed(batch.Seen), batch.Weights));
        return terms;
    }
}
