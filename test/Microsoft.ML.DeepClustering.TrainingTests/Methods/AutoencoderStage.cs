using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Methods;

/// <summary>A method with an autoencoder, three clusters and no pretraining, on data of its own.</summary>
internal sealed class AutoencoderStage : IDisposable
{
    public const int Rows = 40;
    public const int Size = 6;

    private readonly MemoryRows _rows = new(Batch.DetachFromDisposeScope());
    private readonly Generator _generator = new(7);

    public AutoencoderStage(AutoencoderFamilyOptions? options = null)
    {
        options ??= new IdecOptions();
        (options.NumberOfClusters, options.PretrainingEpochs, options.NumberOfEpochs) = (3, 0, 2);
        Method = (AutoencoderFamilyMethod)options.CreateMethod(new InputShape([Size]));
        Method.Initialize(_generator);
        Context = new(_rows, _generator, _ => { }, _ => { }, CancellationToken.None);
    }

    /// <summary>Its rows, (Rows, Size).</summary>
    public static Tensor Batch => TestTensors.Noise(Rows, Size).to(ScalarType.Float32);

    public AutoencoderFamilyMethod Method { get; }

    public TrainingContext Context { get; }

    public void Dispose()
    {
        Method.Dispose();
        _rows.Dispose();
        _generator.Dispose();
    }
}
