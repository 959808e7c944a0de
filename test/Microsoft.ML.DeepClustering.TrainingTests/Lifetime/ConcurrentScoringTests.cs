using System.Collections.Concurrent;
using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Lifetime;

/// <summary>One transformer, many threads: each gets the scores that one alone gets, bit for bit.</summary>
[TestClass]
public sealed class ConcurrentScoringTests
{
    private const int Threads = 8;
    private const int Size = 6;

    private static readonly MLContext Ml = new(seed: 1);
    private static readonly TestRow[] Rows = TestVectors.Rows(TestVectors.Make(100, Size));
    private static readonly DeepClusteringTransformer Model = Train("Idec");

    [ClassCleanup]
    public static void Free() => Model.Dispose();

    [TestMethod]
    [TestCategory("Slow")]
    public void Predict_AnEngineAThread_EqualsOneAlone()
    {
        var expected = PredictAll();
        RunThreads(_ =>
        {
            using var engine = Engine();
            for (var i = 0; i < 500; i++)
                TestVectors.AreEqual(expected[i % Rows.Length], engine.Predict(Rows[i % Rows.Length]));
        });
    }

    [TestMethod]
    [TestCategory("Slow")]
    public void Predict_APoolOfEngines_EqualsOneAlone()
    {
        var expected = PredictAll();
        var pool = new ConcurrentBag<PredictionEngine<TestRow, ScoredTestRow>>();
        RunThreads(thread =>
        {
            for (var i = 0; i < 500; i++)
            {
                if (!pool.TryTake(out var engine))
                    engine = Engine();
                var row = (i + thread * 13) % Rows.Length;
                TestVectors.AreEqual(expected[row], engine.Predict(Rows[row]));
                pool.Add(engine);
            }
        });
        Assert.IsTrue(pool.Count is > 0 and <= Threads, $"{pool.Count} engines");
        foreach (var engine in pool)
            engine.Dispose();
        Assert.AreEqual(100, PredictAll().Length, "The engines do not own the transformer.");
    }

    [TestMethod]
    public void GetRowCursor_OneViewAndManyThreads_EqualsOneAlone()
    {
        var view = Model.Transform(View());
        var expected = TestRows.Scored(Ml, view);
        RunThreads(_ =>
        {
            for (var pass = 0; pass < 5; pass++)
                AreEqual(expected, TestRows.Scored(Ml, view));
        });
    }

    [TestMethod]
    public void Transform_InManyThreadsAtOnce_EqualsOneAlone()
    {
        var input = View();
        var expected = TestRows.Scored(Ml, Model.Transform(input));
        RunThreads(_ =>
        {
            for (var pass = 0; pass < 5; pass++)
                AreEqual(expected, TestRows.Scored(Ml, Model.Transform(input)));
        });
    }

    [TestMethod]
    public void GetRowCursorSet_CursorsReadInParallel_HaveEachRowOnce()
    {
        // Cursors of a set have batches of other rows than one cursor, and the last bits differ with the rows of a batch.
        using var model = Train("Idec", scoringBatchSize: 1);
        var view = model.Transform(Ml.Data.Cache(View()));
        var expected = TestRows.Scored(Ml, view).ToDictionary(r => r.Name, r => r.Score);
        var (name, score) = (view.Schema["Name"], view.Schema["Score"]);
        var cursors = view.GetRowCursorSet([name, score], 4);
        Assert.IsTrue(cursors.Length is >= 1 and <= 4);
        var found = new ConcurrentDictionary<string, float[]>();
        Parallel.ForEach(cursors, cursor =>
        {
            using (cursor)
            {
                var (getName, getScore) = (cursor.GetGetter<ReadOnlyMemory<char>>(name), cursor.GetGetter<VBuffer<float>>(score));
                ReadOnlyMemory<char> text = default;
                VBuffer<float> values = default;
                while (cursor.MoveNext())
                {
                    getName(ref text);
                    getScore(ref values);
                    Assert.IsTrue(found.TryAdd(text.ToString(), values.DenseValues().ToArray()));
                }
            }
        });
        Assert.HasCount(expected.Count, found);
        foreach (var (key, values) in expected)
            CollectionAssert.AreEqual(values, found[key]);
    }

    [TestMethod]
    public void Predict_ModelsOfDifferentMethodsAtOnce_EqualEachAlone()
    {
        using var other = Train("DdcUco");
        DeepClusteringTransformer[] models = [Model, other];
        var expected = Array.ConvertAll(models, m => TestRows.Scored(Ml, m.Transform(View())));
        RunThreads(thread =>
        {
            for (var pass = 0; pass < 5; pass++)
                AreEqual(expected[thread % 2], TestRows.Scored(Ml, models[thread % 2].Transform(View())));
        });
    }

    [TestMethod]
    [DataRow("Ddc")]
    [DataRow("Idec")]
    public void Transform_ImagesInManyThreadsAtOnce_EqualsOneAlone(string method)
    {
        var view = TestRows.View(Ml, TestRows.Make(40), images: true);
        using var model = TestMethods.Trainer(Ml, method).Fit(view);
        var expected = TestRows.Scored(Ml, model.Transform(view));
        RunThreads(_ =>
        {
            for (var pass = 0; pass < 3; pass++)
                AreEqual(expected, TestRows.Scored(Ml, model.Transform(view)));
        });
    }

    [TestMethod]
    public void Load_InManyThreadsAtOnce_GivesEqualModels()
    {
        using var stream = new MemoryStream();
        Ml.Model.Save(Model, View().Schema, stream);
        var (content, expected) = (stream.ToArray(), TestRows.Scored(Ml, Model.Transform(View())));
        RunThreads(thread =>
        {
            var loaded = (thread % 2 == 0 ? Ml : new MLContext()).Model.Load(new MemoryStream(content), out _);
            using (loaded as IDisposable)
                AreEqual(expected, TestRows.Scored(Ml, loaded.Transform(View())));
        });
    }

    private static void RunThreads(Action<int> action)
        => Task.WaitAll(Enumerable.Range(0, Threads).Select(i => Task.Factory.StartNew(() => action(i), TaskCreationOptions.LongRunning)).ToArray());

    private static DeepClusteringTransformer Train(string method, int scoringBatchSize = 16)
    {
        var options = TestMethods.Options(method);
        options.ScoringBatchSize = scoringBatchSize;
        return TestMethods.Trainer(Ml, options).Fit(View());
    }

    private static IDataView View() => Ml.Data.LoadFromEnumerable(Rows, TestRows.Schema(Size));

    private static PredictionEngine<TestRow, ScoredTestRow> Engine() => Ml.Model.CreatePredictionEngine<TestRow, ScoredTestRow>(
        Model, new PredictionEngineOptions { OwnsTransformer = false, InputSchemaDefinition = TestRows.Schema(Size) });

    private static ScoredTestRow[] PredictAll()
    {
        using var engine = Engine();
        return Array.ConvertAll(Rows, engine.Predict);
    }

    private static void AreEqual(ScoredTestRow[] expected, ScoredTestRow[] actual)
    {
        Assert.HasCount(expected.Length, actual);
        for (var i = 0; i < expected.Length; i++)
            TestVectors.AreEqual(expected[i], actual[i]);
    }
}
