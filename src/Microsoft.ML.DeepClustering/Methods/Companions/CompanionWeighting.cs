namespace Microsoft.ML.DeepClustering;

/// <summary>The weight ω(l) of the companion at block l of B: Trosten et al. 2021, and 2024, Equation 3.</summary>
public enum CompanionWeighting
{
    /// <summary>ω(l) = 1.</summary>
    Constant,

    /// <summary>ω(l) = l / B.</summary>
    Linear,

    /// <summary>ω(l) = 10^(l - B), as in Trosten et al. 2021; Section 6.4 of 2024 prints the opposite sign.</summary>
    Exponential,
}
