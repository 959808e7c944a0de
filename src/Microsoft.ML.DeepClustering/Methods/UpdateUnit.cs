namespace Microsoft.ML.DeepClustering;

/// <summary>What the interval between updates of DEC's target distribution counts.</summary>
public enum UpdateUnit
{
    /// <summary>Training steps, as in the papers of DEC and IDEC.</summary>
    Iterations,

    /// <summary>Epochs, as in the code of Trosten et al. 2024.</summary>
    Epochs,
}
