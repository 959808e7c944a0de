using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.Unseen;

/// <summary>
/// Which clusters live. Each has reference members, at first its own; when it dies they go to the clusters that its rows are nearest to then, so that all
/// reference sizes together are always n. Leiber et al., ICDMW 2024.
/// </summary>
/// <param name="options">When a cluster dies.</param>
/// <param name="alive">(k) of int64, 1 for those that live; changed in place.</param>
internal sealed class DyingClusters(UnseenOptions options, Tensor alive) : IDisposable
{
    private const int FewestClusters = 2;

    // The cluster that each row is a reference member of, (n) of int64; from Start on.
    private Tensor? _reference;

    /// <summary>The reference members, (n).</summary>
    public Tensor Reference => _reference!;

    /// <summary>Begins with the present members, (n) of int64. The tensor is taken over.</summary>
    public void Start(Tensor labels)
    {
        _reference?.Dispose();
        _reference = labels;
    }

    /// <summary>Lets clusters die that have too few members.</summary>
    /// <param name="labels">The members, (n) of int64.</param>
    /// <param name="relabel">The nearest of the clusters that live then, for all rows, (n) of int64; asked for when some have died.</param>
    /// <returns>How many have died.</returns>
    public long Update(Tensor labels, Func<Tensor> relabel)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var clusters = alive.shape[0];
        var (sizes, bounds) = (bincount(labels, minlength: clusters), bincount(Reference, minlength: clusters).to(ScalarType.Float64).Times(options.DeathThreshold));
        var lives = alive.Is(1);
        var dies = lives.logical_and(sizes.to(ScalarType.Float64).lt(bounds));
        var spared = FewestClusters - (lives.sum(ScalarType.Int64) - dies.sum(ScalarType.Int64)).item<long>();
        // The largest of those that would die.
        if (spared > 0)
            dies.index_copy_(0, where(dies, sizes, sizes.Times(0).Minus(1)).topk((int)spared).indexes, zeros(new[] { spared }, dtype: ScalarType.Bool, device: dies.device));
        var died = dies.sum(ScalarType.Int64).item<long>();
        if (died == 0)
            return 0;
        alive.copy_(lives.logical_and(dies.logical_not()));
        var moved = where(dies.index_select(0, Reference), relabel(), Reference);
        Start(moved.DetachFromDisposeScope());
        return died;
    }

    public void Dispose() => _reference?.Dispose();
}
