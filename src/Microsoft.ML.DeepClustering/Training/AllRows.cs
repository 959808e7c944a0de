using Microsoft.ML.DeepClustering.Data;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>Runs a method over all rows, batch by batch, in inference mode and without gradients.</summary>
internal static class AllRows
{
    /// <summary>Maps each batch to tensors with a row for each of its rows, and joins those of all batches. The result belongs to the dispose scope of the call.</summary>
    /// <param name="method">The method; it keeps its mode (training or inference).</param>
    /// <param name="data">Prepared features.</param>
    /// <param name="batchSize">Rows a forward pass.</param>
    /// <param name="map">(b, ...) -> tensors (b, ...).</param>
    /// <param name="cancellation">Honoured within one batch.</param>
    public static Tensor[] Map(ClusteringMethod method, TrainingRows data, int batchSize, Func<Tensor, Tensor[]> map, CancellationToken cancellation)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var wasTraining = method.training;
        method.eval();
        var batches = new List<Tensor[]>();
        for (var start = 0L; start < data.Count; start += batchSize)
        {
            using var inner = NewDisposeScope();
            var rows = data.Range(start, Math.Min(batchSize, data.Count - start));
            batches.Add(Array.ConvertAll(map(rows), t => t.MoveToOuterDisposeScope()));
            cancellation.ThrowIfCancellationRequested();
        }

        method.train(wasTraining);
        return batches[0].Select((_, i) => cat(batches.Select(b => b[i]).ToList()).MoveToOuterDisposeScope()).ToArray();
    }

    /// <summary>The cluster of every row, (n) of int64, 0 to k - 1; see <see cref="Map"/>.</summary>
    public static Tensor Clusters(ClusteringMethod method, TrainingRows data, int batchSize, CancellationToken cancellation)
        => Map(method, data, batchSize, rows => [method.Assign(rows).Distances.argmin(1L)], cancellation)[0];

    /// <summary>The embedding of every row, (n, p), and its cluster, (n) of int64, 0 to k - 1; see <see cref="Map"/>.</summary>
    public static (Tensor Embeddings, Tensor Clusters) Assign(ClusteringMethod method, TrainingRows data, int batchSize, CancellationToken cancellation)
    {
        var found = Map(method, data, batchSize, Assigned, cancellation);
        return (found[0], found[1]);

        Tensor[] Assigned(Tensor rows)
        {
            var assignment = method.Assign(rows);
            return [assignment.Embedding, assignment.Distances.argmin(1L)];
        }
    }
}
