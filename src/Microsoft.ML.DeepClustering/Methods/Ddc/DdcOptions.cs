namespace Microsoft.ML.DeepClustering;

/// <summary>
/// Options of DDC, deep divergence-based clustering: Kampffmeyer et al., "Deep divergence-based approach to clustering",
/// Neural Networks 113, 2019, in the form of Trosten et al. 2021, Section 3. The defaults are those of the authors' code.
/// </summary>
public sealed class DdcOptions : DdcFamilyOptions
{
    /// <summary>The settings of the authors' later code: Adam at 1e-3, batches of 120, 200 epochs, He normal weights.</summary>
    public DdcOptions() => LearningRate = 1e-3;
}
