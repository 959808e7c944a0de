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
    public static AssignedRows Of(ClusteringMethod method, TrainingContext context, int batchSize)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var wasTraining = method.training;
        method.eval();
        var (embeddings, clusters) = (new List<Tensor>(), new List<Tensor>());
        for (var start = 0L; start < context.Rows; start += batchSize)
        {
            using var inner = NewDisposeScope();
            var assignment = method.Assign(context.Data.narrow(0, start, Math.Min(batchSize, context.Rows - start)));
            embeddings.Add(assignment.Embedding.MoveToOuterDisposeScope());
            clusters.Add(assignment.Distances.argmin(1L).MoveToOuterDisposeScope());
            context.Cancellation.ThrowIfCancellationRequested();
        }

        method.train(wasTraining);
        return new(cat(embeddings).MoveToOuterDisposeScope(), cat(clusters).MoveToOuterDisposeScope());
    }
}
