namespace Microsoft.ML.DeepClustering;

/// <summary>
/// How a mode of a tensor is compared when its matricization X, of shape (D_m, D_-m), has more rows than columns,
/// so that its rows span the whole space.
/// </summary>
public enum GrassmannRule
{
    /// <summary>
    /// d² = 2(D_m - tr(Π_X Π_Y)), Equation 17 of Trosten et al. 2024 as printed. Such a mode adds the constant 2(D_m - D_-m):
    /// it separates nothing and only widens the kernel.
    /// </summary>
    AsPrinted,

    /// <summary>Such a matrix is transposed, so that its columns are compared; d² = ||Π_X - Π_Y||² throughout.</summary>
    SmallerSide,
}
