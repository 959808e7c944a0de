#nullable disable
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>Sums of named losses that stay on the device until the epoch is over.</summary>
internal sealed class LossSums : IDisposable
{
    private string[] _names;
    private Tensor _sums;

    /// <summary>Adds the values of a batch. Called inside the batch's dispose scope.</summary>
    public void Add(LossTerms terms)
    {
        if (_sums is null)
        {
            _names = terms.Items.Select(t => t.Name).ToArray();
            _sums = terms.Values().DetachFromDisposeScope();
            return;
        }

        using var gradientsOff = no_grad();
        _sums.add_(terms.Values());
    }

    public Dictionary<string, double> Means(int batches)
    {
        using var scope = NewDisposeScope();
        var values = _sums.to(ScalarType.Float64).cpu().data<double>().ToArray();
        return _names.Zip(values).ToDictionary(p => p.First, p => p.Second / batches);
    }

    public void Dispose() => _sums?.Dispose();
}
