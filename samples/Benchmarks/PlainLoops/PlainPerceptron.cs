using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Benchmarks;

/// <summary>What the methods with an autoencoder share: the perceptron d-500-500-2000-10 and its mirror, centroids, batches of 256, Adam.</summary>
internal abstract class PlainPerceptron : PlainLoop
{
    protected const int Clusters = 10;

    private readonly optim.Optimizer _optimizer;

    protected PlainPerceptron(int rows, int side)
    {
        long[] sizes = [side * side, 500, 500, 2000, Clusters];
        Data = rand(rows, side * side);
        (Encoder, Decoder) = (Layers(sizes), Layers([.. sizes.Reverse()]));
        Centroids = new Parameter(randn(Clusters, Clusters));
        _optimizer = optim.Adam([.. Encoder.parameters(), .. Decoder.parameters(), Centroids], 1e-3);
    }

    protected override Tensor Data { get; }

    protected override int BatchSize => 256;

    protected Sequential Encoder { get; }

    protected Sequential Decoder { get; }

    /// <summary>(k, p)</summary>
    protected Parameter Centroids { get; }

    protected abstract Tensor Loss(Tensor rows, Tensor embeddings, Tensor indices);

    protected override void Step(Tensor rows, Tensor indices)
    {
        var loss = Loss(rows, Encoder.forward(rows), indices);
        _optimizer.zero_grad();
        loss.backward();
        _optimizer.step();
    }

    protected Tensor Reconstruction(Tensor rows, Tensor embeddings) => (Decoder.forward(embeddings) - rows).square().sum(dim: 1L).mean();

    /// <summary>(b, p) and (k, p) -> (b, k)</summary>
    protected static Tensor SquaredDistances(Tensor embeddings, Tensor centroids) => (embeddings.unsqueeze(1) - centroids.unsqueeze(0)).square().sum(dim: 2L);

    private static Sequential Layers(long[] sizes)
    {
        var layers = new List<nn.Module<Tensor, Tensor>>();
        for (var i = 0; i + 1 < sizes.Length; i++)
        {
            layers.Add(nn.Linear(sizes[i], sizes[i + 1]));
            if (i + 2 < sizes.Length)
                layers.Add(nn.ReLU(inplace: true));
        }

        return nn.Sequential(layers);
    }
}

/// <summary>Reconstruction alone.</summary>
internal sealed class PlainPretraining(int rows, int side) : PlainPerceptron(rows, side)
{
    protected override Tensor Loss(Tensor rows, Tensor embeddings, Tensor indices) => Reconstruction(rows, embeddings);
}
