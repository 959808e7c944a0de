namespace Microsoft.ML.DeepClustering;

/// <summary>The numbers that the large products of a training step are computed in.</summary>
public enum NumericPrecision
{
    /// <summary>32-bit floats throughout. On NVIDIA GPUs since Ampere libtorch itself rounds the factors of convolutions to TF32, 10 bits of mantissa, unless the program tells it not to.</summary>
    Float32,

    /// <summary>
    /// Matrix products and convolutions of training steps in bfloat16, 8 bits of mantissa in place of 24, those of the bases of tensor kernels too; weights,
    /// optimiser, losses, other parts of kernels, batch normalisation, k-means, evaluation and scoring stay in float32. Faster where the processor's products of
    /// bfloat16 are: amx_bf16 of Intel, avx512_bf16 (not of Intel since Sapphire Rapids where a virtual machine hides AMX), Arm with bf16, GPUs since NVIDIA's Ampere. The log says where it is known to be slower.
    /// </summary>
    BFloat16,
}
