using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Estimators;

/// <summary>Finite features have finite scores, or an error that says they have not.</summary>
[TestClass]
public sealed class FiniteScoresTests
{
    private static readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(1e38f)]
    [DataRow(float.MaxValue)]
    public void Transform_FeaturesTooLargeForTheModel_SaysSo(float value)
    {
        using var model = Train();
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Score(model, value));
        StringAssert.Contains(error.Message, "gets scores that are not finite; scale the features as those of the training were");
    }

    [TestMethod]
    [DataRow(float.NaN)]
    [DataRow(float.PositiveInfinity)]
    public void Transform_RowWithoutAllFeatures_KeepsItsScoresAndThoseOfTheOthers(float value)
    {
        using var model = Train();
        var scored = Score(model, value);
        Assert.IsTrue(scored[1].Embedding.Any(v => !float.IsFinite(v)));
        CollectionAssert.AreEqual(Score(model, 1)[0].Score, scored[0].Score);
    }

    private static DeepClusteringTransformer Train() => TestMethods.Trainer(_ml, "AutoencoderKMeans").Fit(View(TestRows.Make(60, 30)));

    // The second of three rows has one feature of this value.
    private static ScoredTestRow[] Score(DeepClusteringTransformer model, float value)
    {
        var rows = TestRows.Make(3, 30);
        rows[1].Features[7] = value;
        return TestRows.Scored(_ml, model.Transform(View(rows)));
    }

    private static IDataView View(TestRow[] rows) => TestRows.View(_ml, rows, images: false);
}
