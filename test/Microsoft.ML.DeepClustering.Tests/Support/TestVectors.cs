using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Tests.Support;

/// <summary>Rows and views for tests that choose each value, and what holds of every scored row.</summary>
internal static class TestVectors
{
    /// <summary>Rows of values in [-1, 1] that fall into kinds, one after the other.</summary>
    public static float[][] Make(int count, int size, int kinds = 3, int seed = 11)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count)
            .Select(i => Enumerable.Range(0, size)
                .Select(j => (j * kinds / size == i % kinds ? 0.8f : -0.8f) + 0.2f * (float)(random.NextDouble() * 2 - 1)).ToArray())
            .ToArray();
    }

    /// <summary>A view with the columns Features (of these dimensions), Label and Name.</summary>
    public static IDataView View(MLContext ml, float[][] features, params int[] dimensions)
        => ml.Data.LoadFromEnumerable(Rows(features), TestRows.Schema(dimensions));

    public static TestRow[] Rows(float[][] features)
        => features.Select((f, i) => new TestRow { Features = f, Label = i % 3, Name = $"row {i}" }).ToArray();

    /// <summary>Fits with the given options, and holds that what comes out can be used: <see cref="AreSound"/>, and the same when scored again.</summary>
    public static void FitAndCheck(MLContext ml, DeepClusteringOptions options, IDataView view)
    {
        using var model = TestMethods.Trainer(ml, options).Fit(view);
        var scored = TestRows.Scored(ml, model.Transform(view));
        AreSound(scored, options.NumberOfClusters, model.EmbeddingSize);
        var again = TestRows.Scored(ml, model.Transform(view));
        Assert.HasCount(scored.Length, again);
        foreach (var (first, second) in scored.Zip(again))
            AreEqual(first, second);
    }

    /// <summary>Finite numbers, probabilities that sum to 1, a cluster within 1 to k that is the one of smallest distance.</summary>
    public static void AreSound(IReadOnlyCollection<ScoredTestRow> scored, int clusters, int embeddingSize)
    {
        Assert.IsNotEmpty(scored);
        foreach (var row in scored)
        {
            Assert.HasCount(clusters, row.Score);
            Assert.HasCount(clusters, row.Probability);
            Assert.HasCount(embeddingSize, row.Embedding);
            Assert.IsTrue(row.Score.Concat(row.Probability).Concat(row.Embedding).All(float.IsFinite), $"{row.Name} has a number that is not finite");
            Assert.AreEqual(1, row.Probability.Sum(), 1e-4, row.Name);
            Assert.IsTrue(row.PredictedLabel >= 1 && row.PredictedLabel <= clusters, $"{row.Name} is in cluster {row.PredictedLabel}");
            Assert.AreEqual(row.Score.Min(), row.Score[row.PredictedLabel - 1], row.Name);
        }
    }

    /// <summary>The same scores bit for bit.</summary>
    public static void AreEqual(ScoredTestRow expected, ScoredTestRow actual)
    {
        Assert.AreEqual(expected.PredictedLabel, actual.PredictedLabel, expected.Name);
        CollectionAssert.AreEqual(expected.Score, actual.Score, expected.Name);
        CollectionAssert.AreEqual(expected.Probability, actual.Probability, expected.Name);
        CollectionAssert.AreEqual(expected.Embedding, actual.Embedding, expected.Name);
    }
}
