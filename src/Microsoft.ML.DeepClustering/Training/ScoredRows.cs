namespace Microsoft.ML.DeepClustering.Training;

/// <summary>The scores of a batch of rows, row after row.</summary>
internal sealed class ScoredRows(int numberOfClusters, int embeddingSize)
{
    private float[] _distances = [];
    private float[] _probabilities = [];
    private float[] _embeddings = [];

    public ReadOnlySpan<float> Distances(int row) => _distances.AsSpan(row * numberOfClusters, numberOfClusters);

    public ReadOnlySpan<float> Probabilities(int row) => _probabilities.AsSpan(row * numberOfClusters, numberOfClusters);

    public ReadOnlySpan<float> Embedding(int row) => _embeddings.AsSpan(row * embeddingSize, embeddingSize);

    /// <summary>1 to k: the cluster of smallest distance, the first of equals, as ML.NET's evaluation reads it.</summary>
    public uint Label(int row)
    {
        var distances = Distances(row);
        var best = 0;
        for (var i = 1; i < distances.Length; i++)
        {
            if (distances[i] < distances[best])
                best = i;
        }

        return (uint)best + 1;
    }

    public void Set(float[] distances, float[] probabilities, float[] embeddings)
        => (_distances, _probabilities, _embeddings) = (distances, probabilities, embeddings);
}
