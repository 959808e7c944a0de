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

    /// <summary>Holds that the first rows have finite scores, so that no NaN gets past unseen.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="firstRow">The place of the first in the data, from 0, for the error.</param>
    /// <exception cref="InvalidOperationException">A number of a row is NaN or infinite.</exception>
    public void ThrowIfNotFinite(int rows, long firstRow)
    {
        for (var row = 0; row < rows; row++)
        {
            if (!AreFinite(Distances(row)) || !AreFinite(Probabilities(row)) || !AreFinite(Embedding(row)))
                throw new InvalidOperationException($"The scores of row {firstRow + row} (counted from 0) are not finite numbers: its features are too large for the network, or the model was damaged; scale the features as in training, best within the pipeline (NormalizeMinMax).");
        }
    }

    public void Set(float[] distances, float[] probabilities, float[] embeddings)
        => (_distances, _probabilities, _embeddings) = (distances, probabilities, embeddings);

    private static bool AreFinite(ReadOnlySpan<float> values)
    {
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
                return false;
        }

        return true;
    }
}
