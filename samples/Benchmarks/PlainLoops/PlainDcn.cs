using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Benchmarks;

/// <summary>DCN, Yang et al. 2017: closeness to the centroid of the row's cluster; after each step the rows choose a cluster and move its centroid.</summary>
internal sealed class PlainDcn(int rows, int side) : PlainPerceptron(rows, side)
{
    private readonly Tensor _labels = randint(Clusters, rows, dtype: ScalarType.Int64);
    private readonly Tensor _counts = full(Clusters, 100f);

    protected override Tensor Loss(Tensor rows, Tensor embeddings, Tensor indices)
    {
        var centroids = Centroids.detach().index_select(0, _labels.index_select(0, indices));
        return Reconstruction(rows, embeddings) + 0.05 * (embeddings - centroids).square().sum(dim: 1L).mean();
    }

    protected override void Step(Tensor rows, Tensor indices)
    {
        base.Step(rows, indices);
        using var gradientsOff = no_grad();
        var embeddings = Encoder.forward(rows);
        var labels = SquaredDistances(embeddings, Centroids).argmin(1);
        _labels.index_copy_(0, indices, labels);
        var members = functional.one_hot(labels, Clusters).to(ScalarType.Float32);
        var counts = members.sum(dim: 0L);
        _counts.add_(counts);
        // (k, b) x (b, p) -> (k, p), the way of each centroid to its rows.
        Centroids.add_((members.t().matmul(embeddings) - counts.unsqueeze(1) * Centroids) / _counts.unsqueeze(1));
    }
}
