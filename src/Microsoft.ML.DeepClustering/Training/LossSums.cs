using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>Sums of named losses that stay on the device until the epoch is over.</summary>
internal sealed class LossSums : IDisposable
{
    private string[] _names = [];
    private Tensor? _sums;
    private long _rows;

    /// <summary>Adds the mean losses of a batch, weighted by its number of rows. Called inside the batch's dispose scope.</summary>
    public void Add(LossTerms terms, long rows)
    {
        using var gradientsOff = no_grad();
        var values = terms.Values().Times(rows);
        _rows += rows;
        if (_sums is null)
        {
            _names = terms.Items.Select(t => t.Name).ToArray();
            _sums = values.DetachFromDisposeScope();
            return;
        }

        _sums.Add(values);
    }

    /// <summary>The mean of each term over all rows.</summary>
    /// <exception cref="InvalidOperationException">Nothing was added.</exception>
    public Dictionary<string, double> Means()
    {
        if (_sums is null)
            throw new InvalidOperationException("There are no losses to take the mean of.");
        using var scope = NewDisposeScope();
        var values = _sums.to(ScalarType.Float64).cpu().data<double>().ToArray();
        return _names.Zip(values).ToDictionary(p => p.First, p => p.Second / _rows);
    }

    public void Dispose() => _sums?.Dispose();
}
