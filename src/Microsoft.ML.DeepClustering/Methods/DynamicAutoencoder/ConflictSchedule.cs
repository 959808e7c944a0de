namespace Microsoft.ML.DeepClustering.Methods.DynamicAutoencoder;

/// <summary>
/// When a row is unconflicted: q_max ≥ β1 and q_max - q_second ≥ β2. Both bounds fall together, by less each time.
/// Mrabah et al. 2020, Equations 5 to 7 and Algorithm 1.
/// </summary>
/// <param name="numberOfClusters">k.</param>
/// <param name="kappa">κ at the start.</param>
/// <param name="rule">By how much they fall.</param>
internal sealed class ConflictSchedule(int numberOfClusters, double kappa, ThresholdRule rule = ThresholdRule.AuthorsCode)
{
    private const double Shrinkage = 0.3;

    // A bound that falls by less changes nothing any more.
    private const double MinimumFall = 1e-4;

    private double _kappa = kappa;
    private double _deltaKappa = Shrinkage * kappa;

    /// <summary>β1.</summary>
    public double Confidence { get; private set; } = kappa / numberOfClusters;

    /// <summary>β2.</summary>
    public double Margin { get; private set; } = kappa / numberOfClusters / 2;

    /// <summary>Whether <see cref="Lower"/> still makes a difference.</summary>
    public bool CanFall => _deltaKappa / numberOfClusters >= MinimumFall;

    /// <summary>All numbers, for <see cref="Resume"/>.</summary>
    public double[] State => [_kappa, _deltaKappa, Confidence, Margin];

    /// <summary>Both bounds fall by Δκ/k. Then κ becomes Δκ and Δκ 0.3 κ, as printed; in the code it is Δκ first, and κ the same.</summary>
    public void Lower()
    {
        Confidence -= _deltaKappa / numberOfClusters;
        Margin -= _deltaKappa / numberOfClusters;
        if (rule == ThresholdRule.AsPrinted)
            _kappa = _deltaKappa;
        _deltaKappa = Shrinkage * _kappa;
        if (rule == ThresholdRule.AuthorsCode)
            _kappa = _deltaKappa;
    }

    public void Resume(double[] state) => (_kappa, _deltaKappa, Confidence, Margin) = (state[0], state[1], state[2], state[3]);
}
