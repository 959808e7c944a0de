using Microsoft.ML.DeepClustering.Kernels;
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.Dec;

/// <summary>DEC: Xie et al. 2016.</summary>
internal sealed class DecMethod(DecOptions options, NetworkChoice choice) : DecFamilyMethod(options, choice)
{
    /// <summary>KL(P || Q): Xie et al. 2016, Equation 2.</summary>
    public override LossTerms Loss(Tensor batch, Tensor? target, Tensor? weights = null)
    {
        var embedding = Embed(batch);
        var terms = new LossTerms();
        terms.Add("clustering", Divergence(target, SoftAssignments(embedding), weights));
        AddNeighbors(terms, embedding, weights);
        return terms;
    }

    public override LossTerms PairLoss(TrainingBatch batch)
    {
        var clean = Embed(batch.Rows);
        var terms = new LossTerms();
        terms.Add("clustering", PairedCrossEntropy(clean, Embed(batch.Seen), batch.Weights));
        AddNeighbors(terms, clean, batch.Weights);
        return terms;
    }

    private void AddNeighbors(LossTerms terms, Tensor embedding, Tensor? weights)
    {
        if (options.Unseen is { } unseen)
            terms.Add("neighbors", NearestNeighborLoss.Compute(EuclideanDistance.SquaredPairwise(embedding), LivingCentroids().shape[0], relative: true, weights).Times(unseen.NeighborWeight));
    }
}
