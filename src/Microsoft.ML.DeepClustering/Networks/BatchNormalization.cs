using Microsoft.ML.DeepClustering.Onnx;
using Microsoft.ML.DeepClustering.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Networks;

/// <summary>
/// Batch normalisation over all dimensions but the second, with trained scale and shift: Ioffe and Szegedy 2015. Its names are those of TorchSharp's, and so are
/// those of its weights in a file.
/// </summary>
internal sealed class BatchNormalization : nn.Module<Tensor, Tensor>, IOnnxLayer
{
    // Registered under these names, which are those of the saved weights.
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly Tensor running_mean;
    private readonly Tensor running_var;
    private readonly Tensor num_batches_tracked;
    private readonly double _epsilon;
    private readonly double _share;

    /// <param name="features">The size of the second dimension.</param>
    /// <param name="normalization">ε, and the share of a batch in the means and variances of all data.</param>
    public BatchNormalization(long features, NormalizationConstants normalization)
        : base(nameof(BatchNormalization))
    {
        (_epsilon, _share) = normalization == NormalizationConstants.Keras ? (1e-3, 0.01) : (1e-5, 0.1);
        weight = new Parameter(Ones(features));
        bias = new Parameter(Zeros(features));
        running_mean = Zeros(features);
        running_var = Ones(features);
        num_batches_tracked = tensor(0L, dtype: ScalarType.Int64, device: CPU);
        RegisterComponents();
    }

    /// <summary>(n, features) or (n, features, height, width) -> the same.</summary>
    public override Tensor forward(Tensor input)
    {
        if (training)
            num_batches_tracked.Increment();
        return nn.functional.batch_norm(input, running_mean, running_var, weight, bias, training, _share, _epsilon);
    }

    public OnnxValue Export(OnnxValue input) => input.BatchNormalization(weight, bias, running_mean, running_var, _epsilon);

    private static Tensor Zeros(long features) => zeros(new[] { features }, dtype: ScalarType.Float32, device: CPU);

    private static Tensor Ones(long features) => ones(new[] { features }, dtype: ScalarType.Float32, device: CPU);
}
