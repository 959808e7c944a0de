#nullable disable
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>The loss of one batch as named, weighted scalars, in the order in which they were added.</summary>
internal sealed class LossTerms
{
    private readonly List<(string Name, Tensor Value)> _terms = [];

    public IReadOnlyList<(string Name, Tensor Value)> Items => _terms;

    public void Add(string name, Tensor value) => _terms.Add((name, value));

    /// <summary>The sum that is minimised.</summary>
    public Tensor Total()
    {
        var total = _terms[0].Value;
        for (var i = 1; i < _terms.Count; i++)
            total = total + _terms[i].Value;
        return total;
    }

    /// <summary>The values of all terms, without gradient: (number of terms).</summary>
    public Tensor Values() => stack(_terms.Select(t => t.Value.detach()).ToArray());
}
