using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>The loss of one batch as named, weighted scalars, in the order in which they were added.</summary>
internal sealed class LossTerms
{
    private readonly List<Term> _terms = [];
    private readonly Dictionary<string, Tensor> _outputs = [];

    /// <summary>The terms as they enter the total.</summary>
    public IReadOnlyList<(string Name, Tensor Value)> Items => _terms.ConvertAll(t => (t.Name, t.Value));

    /// <summary>What the networks gave on the way, by name, for <see cref="TrainingPhase.OnBatchEnd"/>; empty for most phases.</summary>
    public IReadOnlyDictionary<string, Tensor> Outputs => _outputs;

    /// <summary>Whether the batch has both a clustering objective and an auxiliary one.</summary>
    public bool HasAuxiliary => _terms.Exists(t => t.IsAuxiliary) && _terms.Exists(t => !t.IsAuxiliary);

    /// <summary>Adds a term of the clustering objective.</summary>
    public void Add(string name, Tensor value) => _terms.Add(new(name, value, value, IsAuxiliary: false));

    /// <summary>Adds a term of the auxiliary objective, which supports the clustering without being it: a companion, a reconstruction.</summary>
    public void AddAuxiliary(string name, double weight, Tensor value) => _terms.Add(new(name, value.Times(weight), value, IsAuxiliary: true));

    /// <summary>Adds to <see cref="Outputs"/>. The tensor belongs to the batch's dispose scope.</summary>
    public void AddOutput(string name, Tensor value) => _outputs.Add(name, value);

    /// <summary>The sum of the clustering objective's terms.</summary>
    public Tensor Clustering() => Sum(_terms.Where(t => !t.IsAuxiliary).Select(t => t.Value));

    /// <summary>The sum of the auxiliary objective's terms, as they enter the total.</summary>
    public Tensor Auxiliary() => Sum(_terms.Where(t => t.IsAuxiliary).Select(t => t.Value));

    /// <summary>The sum of the auxiliary objective's terms without their weights in the total.</summary>
    public Tensor UnweightedAuxiliary() => Sum(_terms.Where(t => t.IsAuxiliary).Select(t => t.Unweighted));

    /// <summary>The sum that is minimised.</summary>
    public Tensor Total() => Sum(_terms.Select(t => t.Value));

    /// <summary>The values of all terms, without gradient: (number of terms).</summary>
    public Tensor Values() => stack(_terms.Select(t => t.Value.detach()).ToArray());

    private static Tensor Sum(IEnumerable<Tensor> values) => values.Aggregate((sum, value) => sum.Plus(value));

    private sealed record Term(string Name, Tensor Value, Tensor Unweighted, bool IsAuxiliary);
}
