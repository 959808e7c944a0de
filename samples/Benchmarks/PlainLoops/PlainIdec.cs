using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Benchmarks;

/// <summary>IDEC, Guo et al. 2017: targets of all rows every 140 steps; reconstruction with ten times the weight.</summary>
internal sealed class PlainIdec(int rows, int side) : PlainPerceptron(rows, side)
{
    private const int UpdateInterval = 140;

    private Tensor? _targets;
    private long _iteration;

    protected override Tensor Loss(Tensor rows, Tensor embeddings, Tensor indices)
    {
        if (_iteration++ % UpdateInterval == 0)
        {
            _targets?.Dispose();
            _targets = Targets().DetachFromDisposeScope();
        }

        var divergence = functional.kl_div(Assignments(embeddings).log(), _targets!.index_select(0, indices), log_target: false, reduction: Reduction.Sum);
        return divergence / rows.shape[0] + 10 * functional.mse_loss(Decoder.forward(embeddings), rows);
    }

    // Student's t of the distances, (b, k).
    private Tensor Assignments(Tensor embeddings)
    {
        var q = 1 / (1 + SquaredDistances(embeddings, Centroids));
        return q / q.sum(dim: 1L, keepdim: true);
    }

    private Tensor Targets()
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var q = Assignments(cat(Array.ConvertAll(Data.split(BatchSize), Encoder.forward)));
        var weight = q.square() / q.sum(dim: 0L);
        return (weight / weight.sum(dim: 1L, keepdim: true)).MoveToOuterDisposeScope();
    }
}
