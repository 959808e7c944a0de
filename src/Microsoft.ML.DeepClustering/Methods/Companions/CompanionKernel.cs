namespace Microsoft.ML.DeepClustering;

/// <summary>The kernel by which a companion objective compares the outputs of a block.</summary>
public enum CompanionKernel
{
    /// <summary>A Gaussian on Grassmann distances between the matricizations: Trosten et al. 2024, Equations 12 to 17.</summary>
    Tensor,

    /// <summary>A Gaussian on the Euclidean distance between the vectorised outputs: Trosten et al. 2024, Equation 10.</summary>
    Naive,
}
