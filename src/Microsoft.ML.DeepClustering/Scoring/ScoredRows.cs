namespace Microsoft.ML.DeepClustering.Scoring;

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

    /// <summary>The number of rows before the first whose scores are not all finite: no NaN may pass unnoticed.</summary>
    public int FiniteRows(int rows)
    {
        var row = 0;
        while (row < rows && AreFinite(Distances(row)) && AreFinite(Probabilities(row)) && AreFinite(Embedding(row)))
            row++;
        return row;
    }

    /// <summary>The error of a row whose scores are not finite.</summary>
    /// <param name="row">The row's place in the data, from 0.</param>
    public static InvalidOperationException NotFinite(long row) => new(
        $"The scores of row {row} (counted from 0) are not finite numbers: its features are too large for the network, or the model was damaged; scale the features as in training, best within the pipeline (NormalizeMinMax).");

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
