#nullable disable
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>The embedding and the cluster of every row of the training data.</summary>
/// <param name="Embeddings">(n, p).</param>
/// <param name="Clusters">(n), int64, 0 to k - 1.</param>
internal readonly record struct AssignedRows(Tensor Embeddings, Tensor Clusters)
{
    /// <summary>In inference mode, batch by batch. The tensors belong to the dispose scope of the call.</summary>
    /// <param name="method">The method, as far as it is trained.</param>
    /// <param name="data">Prepared features, (n, ...).</param>
    /// <param name="batchSize">Rows a forward pass.</param>
    /// <param name="cancellation">Honoured within one batch.</param>
    public static AssignedRows Of(ClusteringMethod method, Tensor data, int batchSize, CancellationToken cancellation)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var wasTraining = method.training;
        method.eval();
        var (embeddings, clusters) = (new List<Tensor>(), new List<Tensor>());
        for (var start = 0L; start < data.shape[0]; start += batchSize)
        {
            using var inner = NewDisposeScope();
            var assignment = method.Assign(data.narrow(0, start, Math.Min(batchSize, data.shape[0] - start)));
            embeddings.Add(assignment.Embedding.MoveToOuterDisposeScope());
            clusters.Add(assignment.Distances.argmin(1L).MoveToOuterDisposeScope());
            cancellation.ThrowIfCancellationRequested();
        }

        method.train(wasTraining);
        return new(cat(embeddings).MoveToOuterDisposeScope(), cat(clusters).MoveToOuterDisposeScope());
    }
}
