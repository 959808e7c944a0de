namespace Microsoft.ML.DeepClustering;

/// <summary>By how much DynAE's bounds of a clear row fall, from 0.30 for β1 with ten clusters.</summary>
public enum ThresholdRule
{
    /// <summary>As the authors' code: to 0.21, 0.12, 0.093 and on.</summary>
    AuthorsCode,

    /// <summary>As Algorithm 1 of Mrabah et al. 2020 is printed: to 0.21, 0.183, 0.1749 and on.</summary>
    AsPrinted,
}
