namespace Microsoft.ML.DeepClustering;

/// <summary>The weight ω(l) of the companion at block l of B: Trosten et al. 2021, and 2024, Equation 3.</summary>
public enum CompanionWeighting
{
    /// <summary>ω(l) = 1.</summary>
    Constant,

    /// <summary>ω(l) = l / B.</summary>
    Linear,

    /// <summary>ω(l) = 10^(l - B).</summary>
    Exponential,
}
