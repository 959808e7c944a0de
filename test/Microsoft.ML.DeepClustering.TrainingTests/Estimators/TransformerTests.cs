using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Estimators;

[TestClass]
public sealed class TransformerTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Transform_OutputNamesLeftOut_AddsOnlyTheOthers()
    {
        using var model = Train(o => (o.EmbeddingColumnName, o.ProbabilityColumnName, o.ScoreColumnName) = (null, null, "Distances"));
        CollectionAssert.AreEqual(
            new[] { "Features", "Label", "Name", "PredictedLabel", "Distances" },
            model.GetOutputSchema(View().Schema).Select(c => c.Name).ToArray());
    }

    [TestMethod]
    public void Transform_InputHasAColumnOfTheSameName_HidesIt()
    {
        var view = _ml.Transforms.CopyColumns("Score", "Label").Fit(View()).Transform(View());
        using var model = Train();
        var scored = model.Transform(view);
        Assert.HasCount(2, scored.Schema.Where(c => c.Name == "Score"));
        Assert.IsInstanceOfType<VectorDataViewType>(scored.Schema["Score"].Type);
        Assert.AreEqual(60, scored.GetColumn<float[]>("Score").Count(s => s.Length == TestRows.Clusters));
        Assert.AreEqual(model.GetOutputSchema(view.Schema).Count, scored.Schema.Count);
    }

    [TestMethod]
    public void Transform_BatchesOfAnySize_GiveTheSameRows()
    {
        using var model = Train(o => o.ScoringBatchSize = 7);
        using var other = Train(o => o.ScoringBatchSize = 1000);
        var (first, second) = (TestRows.Scored(_ml, model.Transform(View())), TestRows.Scored(_ml, other.Transform(View())));
        foreach (var (a, b) in first.Zip(second))
        {
            Assert.AreEqual(a.Name, b.Name);
            Assert.AreEqual(b.PredictedLabel, a.PredictedLabel);
            Assert.AreEqual(b.Score[0], a.Score[0], 1e-5);
        }
    }

    [TestMethod]
    public void Transform_ShuffledRows_KeepTheirScores()
    {
        using var model = Train();
        var expected = TestRows.Scored(_ml, model.Transform(View())).ToDictionary(r => r.Name, r => r.Score);
        var shuffled = TestRows.Scored(_ml, _ml.Data.ShuffleRows(model.Transform(View()), seed: 3));
        var before = TestRows.Scored(_ml, model.Transform(_ml.Data.ShuffleRows(View(), seed: 3)));
        Assert.IsFalse(shuffled.Select(r => r.Name).SequenceEqual(expected.Keys));
        foreach (var row in shuffled.Concat(before))
            Assert.AreEqual(expected[row.Name][1], row.Score[1], 1e-5, row.Name);
    }

    [TestMethod]
    public void GetRowCursor_OnlyInputColumns_ScoresNothing()
    {
        using var model = Train();
        var view = model.Transform(View());
        using var cursor = view.GetRowCursor([view.Schema["Name"]]);
        Assert.IsFalse(cursor.IsColumnActive(view.Schema["Score"]));
        Assert.ThrowsExactly<InvalidOperationException>(() => cursor.GetGetter<VBuffer<float>>(view.Schema["Score"]));
        var rows = 0;
        while (cursor.MoveNext())
            rows++;
        Assert.AreEqual(60, rows);
    }

    [TestMethod]
    public void GetDependencies_NewColumns_NeedTheFeatures()
    {
        using var model = Train();
        var mapper = ((ITransformer)model).GetRowToRowMapper(View().Schema);
        Assert.IsTrue(((ITransformer)model).IsRowToRowMapper);
        CollectionAssert.AreEqual(
            new[] { "Features" }, mapper.GetDependencies([mapper.OutputSchema["Score"]]).Select(c => c.Name).ToArray());
        CollectionAssert.AreEqual(
            new[] { "Features", "Name" },
            mapper.GetDependencies([mapper.OutputSchema["Name"], mapper.OutputSchema["Embedding"]]).Select(c => c.Name).ToArray());
        CollectionAssert.AreEqual(new[] { "Name" }, mapper.GetDependencies([mapper.OutputSchema["Name"]]).Select(c => c.Name).ToArray());
    }

    [TestMethod]
    public void Transform_InterleavedImages_EqualPlanarOnes()
    {
        // Two channels, interleaved by an option; planar by the type's dimensions.
        var rows = TestRows.Make(60, size: 2 * TestRows.Side * TestRows.Side);
        var interleaved = rows.Select(r => new TestRow { Name = r.Name, Features = Enumerable.Range(0, r.Features.Length).Select(i => r.Features[i % 2 * 576 + i / 2]).ToArray() }).ToArray();
        var planarView = _ml.Data.LoadFromEnumerable(rows, TestRows.Schema(2, TestRows.Side, TestRows.Side));
        var interleavedView = TestRows.View(_ml, interleaved, images: false);
        using var planarModel = Train(view: planarView);
        using var interleavedModel = Train(o => o.ImageShape = new(2, TestRows.Side, TestRows.Side, Interleaved: true), interleavedView);
        var expected = planarModel.Transform(planarView).GetColumn<float[]>("Score").ToArray();
        var actual = interleavedModel.Transform(interleavedView).GetColumn<float[]>("Score").ToArray();
        for (var i = 0; i < expected.Length; i++)
            CollectionAssert.AreEqual(expected[i], actual[i]);
    }

    [TestMethod]
    public void Transform_ImagesInAnotherOrder_IsRefused()
    {
        var rows = TestRows.Make(60, size: 3 * TestRows.Side * TestRows.Side);
        using var model = Train(view: _ml.Data.LoadFromEnumerable(rows, TestRows.Schema(3, TestRows.Side, TestRows.Side)));
        var interleaved = _ml.Data.LoadFromEnumerable(rows, TestRows.Schema(TestRows.Side, TestRows.Side, 3));
        var error = Assert.ThrowsExactly<ArgumentException>(() => model.Transform(interleaved));
        StringAssert.Contains(error.Message, "The column 'Features' has the dimensions 24 x 24 x 3, but images are read as 3 x 24 x 24 (channels, height, width)");
        // A vector says nothing of its order.
        Assert.AreEqual(60, model.Transform(TestRows.View(_ml, rows, images: false)).GetColumn<uint>("PredictedLabel").Count());
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => Train(o => o.ImageShape = new(3, 24, 24), interleaved)).Message, "24 x 24 x 3");
    }

    [TestMethod]
    public void Fit_Model_DoesNotKeepWhoHeardOfItsTraining()
    {
        using var cancellation = new CancellationTokenSource();
        using var model = Train(o => (o.Progress, o.CancellationToken) = (new Reporter(_ => { }), cancellation.Token));
        Assert.IsNull(model.Trained.Options.Progress);
        Assert.AreEqual(default, model.Trained.Options.CancellationToken);
    }

    [TestMethod]
    public void Dispose_ThenAnyUse_SaysSo()
    {
        var model = Train();
        var view = model.Transform(View());
        model.Dispose();
        model.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(() => model.Transform(View()));
        var error = Assert.ThrowsExactly<ObjectDisposedException>(() => view.GetColumn<float[]>("Score").Count());
        StringAssert.Contains(error.Message, "disposed");
        Assert.Throws<ObjectDisposedException>(() => _ml.Model.Save(model, View().Schema, new MemoryStream()));
    }

    [TestMethod]
    public void Pipeline_NormalizerAndTrainer_SavesAndLoads()
    {
        var pipeline = _ml.Transforms.NormalizeMinMax("Features").Append(TestMethods.Trainer(_ml, "Ddc"));
        var model = pipeline.Fit(TestRows.View(_ml, TestRows.Make(60), images: true));
        using var stream = new MemoryStream();
        _ml.Model.Save(model, View().Schema, stream);
        stream.Position = 0;
        var loaded = new MLContext().Model.Load(stream, out _);
        var (expected, actual) = (model.Transform(View()).GetColumn<float[]>("Score"), loaded.Transform(View()).GetColumn<float[]>("Score"));
        foreach (var (a, b) in expected.Zip(actual))
            CollectionAssert.AreEqual(a, b);
    }

    [TestMethod]
    public void Transform_ParallelReaders_AgreeWithOne()
    {
        using var model = Train();
        var view = model.Transform(View());
        var expected = view.GetColumn<float[]>("Score").Select(s => s[0]).ToArray();
        Parallel.For(0, 4, _ => CollectionAssert.AreEqual(expected, view.GetColumn<float[]>("Score").Select(s => s[0]).ToArray()));
    }

    private IDataView View() => TestRows.View(_ml, TestRows.Make(60), images: true);

    private DeepClusteringTransformer Train(Action<DeepClusteringOptions>? change = null, IDataView? view = null)
    {
        var options = TestMethods.Options("Ddc");
        change?.Invoke(options);
        return TestMethods.Trainer(_ml, options).Fit(view ?? View());
    }
}
