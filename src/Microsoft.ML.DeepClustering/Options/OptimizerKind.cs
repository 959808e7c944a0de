namespace Microsoft.ML.DeepClustering;

/// <summary>What the steps of a training are taken with.</summary>
public enum OptimizerKind
{
    /// <summary>Adam (Kingma and Ba 2015).</summary>
    Adam,

    /// <summary>Stochastic gradient descent with a momentum of 0.9. Rates are far larger than Adam's: 0.1 in the pretraining of Xie et al. 2016, 1 in that of the code of Guo et al. 2018.</summary>
    Momentum,
}
