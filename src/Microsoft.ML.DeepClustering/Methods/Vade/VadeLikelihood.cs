namespace Microsoft.ML.DeepClustering;

/// <summary>How the decoder of VaDE explains a row.</summary>
public enum VadeLikelihood
{
    /// <summary>Each feature is normal with the decoder's output as its mean: the squared error, summed over features.</summary>
    Gaussian,

    /// <summary>Each feature, in [0, 1], is the share of a coin whose log-odds the decoder gives: the binary cross-entropy, summed over features.</summary>
    Bernoulli,
}
