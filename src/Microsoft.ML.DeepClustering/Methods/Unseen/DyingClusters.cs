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

    /// <summary>How many live.</summary>
    public long Left()
    {
        using var scope = NewDisposeScope();
        return alive.sum(ScalarType.Int64).item<long>();
    }

    /// <summary>Adds their number to the record of an epoch.</summary>
    public EpochRecord Complete(EpochRecord record) => record with { Quantities = new Dictionary<string, double> { ["clusters"] = Left() } };

    /// <summary>Lets clusters die that have too few members, and logs how many.</summary>
    /// <param name="membersOf">The members at present, (n) of int64.</param>
    /// <param name="relabel">The nearest of the clusters that live then, for all rows, (n) of int64; asked for when some have died.</param>
    /// <param name="log">Takes one line of text.</param>
    /// <returns>Whether any has died.</returns>
    public bool Update(Func<Tensor> membersOf, Func<Tensor> relabel, Action<string> log)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var died = Update(membersOf(), relabel);
        if (died > 0)
            log($"{died} clusters have died; {Left()} are left.");
        return died > 0;
    }

    // How many have died.
    private long Update(Tensor labels, Func<Tensor> relabel)
    {
        var clusters = alive.shape[0];
        var (sizes, references) = (bincount(labels, minlength: clusters), bincount(Reference, minlength: clusters));
        var lives = alive.Is(1);
        var dies = lives.logical_and(sizes.to(ScalarType.Float64).lt(references.to(ScalarType.Float64).Times(options.DeathThreshold)));
        // A cluster that never had a row has nothing to lose.
        if (options.DeathThreshold > 0)
            dies = dies.logical_or(lives.logical_and(sizes.Plus(references).Is(0)));
        var spared = UnseenOptions.FewestClusters - (lives.sum(ScalarType.Int64) - dies.sum(ScalarType.Int64)).item<long>();
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
