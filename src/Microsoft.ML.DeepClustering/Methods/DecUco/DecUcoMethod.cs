using Microsoft.ML.DeepClustering.Methods.Companions;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.DecUco;

/// <summary>DEC-UCO: Trosten et al. 2024.</summary>
internal sealed class DecUcoMethod(DecUcoOptions options, NetworkChoice choice) : DecFamilyMethod(options, choice, options.Companion.Tap)
{
    private readonly CompanionObjective _companion = new(options.Companion);

    public override bool ComparesRows => true;

    /// <summary>KL(P || Q) + L_UCO with A = Q: Xie et al. 2016, Equation 2; Trosten et al. 2024, Equation 3.</summary>
    public override LossTerms Loss(Tensor batch, Tensor? target, Tensor? weights = null)
    {
        var (embedding, blocks) = autoencoder.Encode(batch);
        var assignments = SoftAssignments(embedding);
        var terms = new LossTerms();
        terms.Add("clustering", Divergence(target, assignments, weights));
        _companion.AddTo(terms, assignments, blocks, weights);
        return terms;
    }
}
