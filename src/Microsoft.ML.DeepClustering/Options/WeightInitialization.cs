namespace Microsoft.ML.DeepClustering;

/// <summary>The distribution of the initial weights. Biases start at zero, but for <see cref="PyTorch"/>.</summary>
public enum WeightInitialization
{
    /// <summary>U(±sqrt(6 / (fan_in + fan_out))), in the code behind the papers' figures (Glorot and Bengio 2010).</summary>
    GlorotUniform,

    /// <summary>N(0, 2 / fan_in), in the authors' later code (He et al. 2015).</summary>
    HeNormal,

    /// <summary>U(±1 / sqrt(fan_in)), in the code of Mrabah et al. 2020.</summary>
    UniformByInputs,

    /// <summary>U(±1 / sqrt(fan_in)), the biases too: what PyTorch's linear layers and convolutions begin with, so in the code of Leiber et al. 2024 and Miklautz et al. 2025.</summary>
    PyTorch,
}
