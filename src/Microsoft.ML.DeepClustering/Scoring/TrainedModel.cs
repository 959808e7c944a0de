using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Scoring;

/// <summary>A trained method that assigns rows, on any number of threads at a time; it owns its native memory.</summary>
internal sealed class TrainedModel : IDisposable
{
    private readonly SharedUse _shared;

    public TrainedModel(DeepClusteringOptions options, InputShape shape, ClusteringMethod method, TrainingHistory history, Device device)
    {
        using var session = TorchSession.WithoutGradients();
        Options = options;
        Shape = shape;
        Preparation = options.PreparationFor(shape);
        Method = method;
        History = history;
        Device = device;
        EmbeddingSize = checked((int)method.EmbeddingSize);
        TensorNames = [.. method.state_dict().Keys];
        method.eval();
        // The last step's, as large as the weights.
        method.zero_grad();
        ModuleState.Detach(method);
        _shared = new SharedUse(method.Dispose);
    }

    public DeepClusteringOptions Options { get; }

    /// <summary>What one sample of the feature column is.</summary>
    public InputShape Shape { get; }

    /// <summary>What is done to features before the method takes them.</summary>
    public InputPreparation Preparation { get; }

    /// <summary>To be used only between <see cref="Use"/> and its end, since another thread may dispose the model.</summary>
    public ClusteringMethod Method { get; }

    public TrainingHistory History { get; }

    /// <summary>The names of all weights and buffers. TorchSharp leaves freed ones out of a module's state.</summary>
    public IReadOnlyList<string> TensorNames { get; }

    public Device Device { get; }

    public int NumberOfClusters => Options.NumberOfClusters;

    public int EmbeddingSize { get; }

    /// <summary>Keeps the native memory until the result is disposed, even if the model is disposed meanwhile.</summary>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public IDisposable Use() => _shared.TryBegin() ?? throw Disposed();

    /// <summary>Assigns n rows that lie one after the other in the features.</summary>
    /// <param name="features">At least n times the size of a sample.</param>
    /// <param name="rows">n.</param>
    /// <param name="scores">Where the distances, probabilities and embeddings of the rows go.</param>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    /// <exception cref="InsufficientMemoryException">The memory does not suffice for n rows at once.</exception>
    public void Score(float[] features, int rows, ScoredRows scores) => NativeFaults.Translate(
        () => AssignRows(features, rows, scores),
        $"Scoring {rows} rows at once",
        () => rows > 1 ? $"free some memory, or train with a ScoringBatchSize below {rows}" : "free some memory");

    private void AssignRows(float[] features, int rows, ScoredRows scores)
    {
        using var use = Use();
        using var session = TorchSession.WithoutGradients();
        var input = InputTensor.FromRows(features, rows, Shape).to(Device);
        var assignment = Method.Assign(Preparation.Apply(input));
        scores.Set(
            assignment.Distances.cpu().data<float>().ToArray(),
            assignment.Probabilities.cpu().data<float>().ToArray(),
            assignment.Embedding.cpu().data<float>().ToArray());
    }

    /// <summary>k rows in the layout of the features; none for a method that cannot decode its centroids.</summary>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    /// <exception cref="InsufficientMemoryException">The memory does not suffice.</exception>
    public float[][] DecodeCentroids() => NativeFaults.Translate(Decode, "Decoding the centroids", () => "free some memory");

    private float[][] Decode()
    {
        using var use = Use();
        using var session = TorchSession.WithoutGradients();
        var decoded = Method.DecodeCentroids();
        return decoded is null ? [] : InputTensor.ToRows(decoded, Shape).contiguous().cpu().data<float>().ToArray().Chunk(checked((int)Shape.Size)).ToArray();
    }

    /// <summary>k rows of p values; null for a method without centroids.</summary>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    /// <exception cref="InsufficientMemoryException">The memory does not suffice.</exception>
    public float[][]? Centroids() => NativeFaults.Translate(ReadCentroids, "Reading the centroids", () => "free some memory");

    private float[][]? ReadCentroids()
    {
        using var use = Use();
        using var session = TorchSession.WithoutGradients();
        return Method.FindCentroids() is { } centroids ? centroids.cpu().data<float>().ToArray().Chunk(EmbeddingSize).ToArray() : null;
    }

    public void ThrowIfDisposed()
    {
        if (_shared.HasEnded)
            throw Disposed();
    }

    /// <summary>Frees the native memory once no use of it is left. A second call does nothing.</summary>
    public void Dispose() => _shared.End();

    private static ObjectDisposedException Disposed() => new(
        nameof(DeepClusteringTransformer),
        "The deep clustering transformer was disposed, and its native memory with it; keep it alive while its data views and prediction engines are in use, or load the model again.");
}
