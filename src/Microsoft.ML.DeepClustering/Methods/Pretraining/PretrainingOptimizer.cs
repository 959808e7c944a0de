namespace Microsoft.ML.DeepClustering;

/// <summary>What the steps of pretraining are taken with.</summary>
public enum PretrainingOptimizer
{
    /// <summary>Adam (Kingma and Ba 2015).</summary>
    Adam,

    /// <summary>Stochastic gradient descent with a momentum of 0.9. Rates are far larger than Adam's: 0.1 in Xie et al. 2016, 1 in the code of Guo et al. 2017.</summary>
    Momentum,
}
