namespace Microsoft.ML.DeepClustering;

/// <summary>
/// How the gradient of the squared distances d²_ab between the rows of a batch is taken. With G_ab the gradient of the loss by d²_ab, the gradient by row a is the following. The two are the
/// same where G is symmetric; that of the Cauchy-Schwarz divergence, which sums over pairs of clusters i &lt; j, is not.
/// </summary>
public enum DistanceGradient
{
    /// <summary>2 Σ_b (G_ab + G_ba)(x_a - x_b), the derivative.</summary>
    Exact,

    /// <summary>
    /// 4 Σ_b G_ab (x_a - x_b), as the TensorFlow code of Trosten et al. 2024 has it, with which their figures were made: of two clusters the rows of the one with the
    /// smaller number move away, twice as far, and those of the other do not.
    /// </summary>
    OneSided,
}
