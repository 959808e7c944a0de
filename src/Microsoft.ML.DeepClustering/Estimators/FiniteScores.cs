using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering;

/// <summary>Holds that rows of finite features have finite scores; a row with a NaN or infinite feature keeps whatever scores that gives.</summary>
internal static class FiniteScores
{
    /// <exception cref="InvalidOperationException">The features are too large for the model, or its weights are not those of a training.</exception>
    public static void Check(ReadOnlySpan<float> features, int rows, ScoredRows scores)
    {
        var size = features.Length / rows;
        for (var row = 0; row < rows; row++)
        {
            if (AreFinite(scores.Distances(row)) && AreFinite(scores.Probabilities(row)) && AreFinite(scores.Embedding(row)))
                continue;
            var values = features.Slice(row * size, size);
            if (AreFinite(values))
            {
                throw new InvalidOperationException(
                    $"A row of finite features, from {Least(values):G4} to {Largest(values):G4}, gets scores that are not finite; scale the features as those of the training were, or use a model whose weights are not damaged.");
            }
        }
    }

    private static bool AreFinite(ReadOnlySpan<float> values)
    {
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
                return false;
        }

        return true;
    }

    private static float Least(ReadOnlySpan<float> values)
    {
        var least = values[0];
        foreach (var value in values)
            least = Math.Min(least, value);
        return least;
    }

    private static float Largest(ReadOnlySpan<float> values)
    {
        var largest = values[0];
        foreach (var value in values)
            largest = Math.Max(largest, value);
        return largest;
    }
}
