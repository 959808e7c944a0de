#nullable disable
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>A trained method, ready to assign rows; owns its native memory.</summary>
internal sealed class TrainedModel : IDisposable
{
    private bool _disposed;

    public TrainedModel(DeepClusteringOptions options, InputShape shape, ClusteringMethod method, TrainingHistory history, Device device)
    {
        Options = options;
        Shape = shape;
        Method = method;
        History = history;
        Device = device;
        method.eval();
    }

    public DeepClusteringOptions Options { get; }

    /// <summary>The shape of a sample before <see cref="ClusteringMethod.Prepare"/>.</summary>
    public InputShape Shape { get; }

    public ClusteringMethod Method { get; }

    public TrainingHistory History { get; }

    public Device Device { get; }

    public int NumberOfClusters => Options.NumberOfClusters;

    public int EmbeddingSize => checked((int)Method.EmbeddingSize);

    /// <summary>Assigns n rows that lie one after the other in the features.</summary>
    /// <param name="features">At least n times the size of a sample.</param>
    /// <param name="rows">n.</param>
    /// <param name="scores">Where the distances, probabilities and embeddings of the rows go.</param>
    /// <exception cref="InsufficientMemoryException">The memory does not suffice for n rows at once.</exception>
    public void Score(float[] features, int rows, ScoredRows scores)
    {
        NativeFaults.Translate(
            () => AssignRows(features, rows, scores),
            $"Scoring {rows} rows at once",
            () => $"give Transform fewer rows at a time, or train with a ScoringBatchSize below {Options.ScoringBatchSize}");
        FiniteScores.Check(features.AsSpan(0, checked(rows * (int)Shape.Size)), rows, scores);
    }

    private void AssignRows(float[] features, int rows, ScoredRows scores)
    {
        ThrowIfDisposed();
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var input = InputTensor.FromRows(features, rows, Options.ImageShape, Shape).to(Device);
        var assignment = Method.Assign(Method.Prepare(input));
        scores.Set(
            assignment.Distances.cpu().data<float>().ToArray(),
            assignment.Probabilities.cpu().data<float>().ToArray(),
            assignment.Embedding.cpu().data<float>().ToArray());
    }

    public void ThrowIfDisposed()
    {
        if (_disposed)
        {
            throw new ObjectDisposedException(
                nameof(DeepClusteringTransformer),
                "The deep clustering transformer was disposed, and its native memory with it; keep it alive while its data views and prediction engines are in use, or load the model again.");
        }
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        Method.Dispose();
    }
}
