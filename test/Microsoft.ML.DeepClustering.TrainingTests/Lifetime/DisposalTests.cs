using System.Collections.Concurrent;
using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Lifetime;

/// <summary>Disposing a transformer while it is used: right numbers or <see cref="ObjectDisposedException"/>, nothing else.</summary>
[TestClass]
public sealed class DisposalTests
{
    private const int Size = 6;

    private static readonly MLContext Ml = new(seed: 1);
    private static readonly TestRow[] Rows = TestVectors.Rows(TestVectors.Make(60, Size));
    private static readonly byte[] Saved = TrainAndSave();

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Dispose_WhileOthersScore_GivesRightNumbersOrSaysSo(bool engines)
    {
        // A row alone may differ from the same row in a batch in its last digits.
        var expected = engines ? Predicted() : Scored();
        var (right, refused) = (0, 0);
        for (var round = 0; round < 20; round++)
        {
            var model = Load();
            using var started = new CountdownEvent(4);
            var threads = Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(() => ScoreUntilDisposed(model, engines, expected, started, ref right, ref refused), TaskCreationOptions.LongRunning)).ToArray();
            started.Wait();
            Thread.Sleep(round % 5);
            model.Dispose();
            Task.WaitAll(threads);
        }

        Assert.AreEqual(20 * 4, refused, "Each thread is told once.");
        Assert.IsTrue(right > 0, "No thread came to score before the end.");
    }

    [TestMethod]
    public void Dispose_WhileOthersSave_WritesAWholeModelOrSaysSo()
    {
        var sizes = new ConcurrentBag<long>();
        for (var round = 0; round < 10; round++)
        {
            var model = Load();
            using var started = new CountdownEvent(1);
            var saver = Task.Factory.StartNew(
                () => Assert.ThrowsExactly<ObjectDisposedException>(() =>
                {
                    while (true)
                    {
                        using var stream = new MemoryStream();
                        Ml.Model.Save(model, View().Schema, stream);
                        stream.Position = 0;
                        using var loaded = (IDisposable)Ml.Model.Load(stream, out _);
                        sizes.Add(stream.Length);
                        if (!started.IsSet)
                            started.Signal();
                    }
                }),
                TaskCreationOptions.LongRunning);
            started.Wait();
            Thread.Sleep(round * 17);
            model.Dispose();
            saver.Wait();
        }

        Assert.IsTrue(sizes.Count >= 10);
    }

    [TestMethod]
    public void Dispose_CursorIsOpen_ItsBatchIsReadableAndTheNextIsRefused()
    {
        var model = Load();
        var expected = Scored();
        var view = model.Transform(View());
        using var cursor = view.GetRowCursor([view.Schema["Score"]]);
        var getter = cursor.GetGetter<VBuffer<float>>(view.Schema["Score"]);
        VBuffer<float> value = default;
        // Batches of 1, 2, 4, 8 and, as ScoringBatchSize is 16, then 16.
        for (var row = 0; row < 15; row++)
            Assert.IsTrue(cursor.MoveNext());
        Assert.IsTrue(cursor.MoveNext());
        model.Dispose();
        for (var row = 15; row < 31; row++)
        {
            getter(ref value);
            CollectionAssert.AreEqual(expected[row].Score, value.DenseValues().ToArray());
            if (row < 30)
                Assert.IsTrue(cursor.MoveNext());
        }

        Assert.ThrowsExactly<ObjectDisposedException>(() => cursor.MoveNext());
        Assert.IsFalse(cursor.MoveNext());
        using var names = view.GetRowCursor([view.Schema["Name"]]);
        Assert.IsTrue(names.MoveNext());
    }

    [TestMethod]
    public void Dispose_OneOfTwoModelsOfAFile_LeavesTheOther()
    {
        var expected = Scored();
        var (first, second) = (Load(), Load());
        first.Dispose();
        first.Dispose();
        var scored = TestRows.Scored(Ml, second.Transform(View()));
        for (var i = 0; i < expected.Length; i++)
            TestVectors.AreEqual(expected[i], scored[i]);
        second.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(() => second.Transform(View()));
    }

    [TestMethod]
    public void Dispose_Engine_DisposesTheTransformerUnlessItDoesNotOwnIt()
    {
        using var kept = Load();
        Engine(kept, owns: false).Dispose();
        Assert.AreEqual(60, kept.Transform(View()).GetColumn<float[]>("Score").Count());
        var owned = Load();
        Engine(owned, owns: true).Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(() => owned.Transform(View()));
    }

    [TestMethod]
    public void SharedUse_EndedWhileUsed_IsFreedOnceByTheLastThatLeaves()
    {
        var freed = 0;
        var shared = new SharedUse(() => freed++);
        var (first, second) = (shared.TryBegin()!, shared.TryBegin()!);
        first.Dispose();
        first.Dispose();
        shared.End();
        shared.End();
        Assert.AreEqual(0, freed);
        Assert.IsTrue(shared.HasEnded);
        Assert.IsNull(shared.TryBegin());
        second.Dispose();
        Assert.AreEqual(1, freed);
        shared.End();
        Assert.AreEqual(1, freed);
    }

    [TestMethod]
    public void SharedUse_EndedUnused_IsFreedAtOnce()
    {
        var freed = 0;
        var shared = new SharedUse(() => freed++);
        shared.TryBegin()!.Dispose();
        Assert.AreEqual(0, freed);
        shared.End();
        Assert.AreEqual(1, freed);
    }

    private static void ScoreUntilDisposed(
        DeepClusteringTransformer model, bool engines, ScoredTestRow[] expected, CountdownEvent started, ref int right, ref int refused)
    {
        try
        {
            var engine = engines ? Engine(model, owns: false) : null;
            var view = model.Transform(View());
            started.Signal();
            for (var i = 0; ; i++)
            {
                if (engine is not null)
                    TestVectors.AreEqual(expected[i % 60], engine.Predict(Rows[i % 60]));
                else
                    AreEqual(expected, TestRows.Scored(Ml, view));
                Interlocked.Increment(ref right);
            }
        }
        catch (ObjectDisposedException)
        {
            Interlocked.Increment(ref refused);
        }
    }

    private static void AreEqual(ScoredTestRow[] expected, ScoredTestRow[] actual)
    {
        for (var i = 0; i < expected.Length; i++)
            TestVectors.AreEqual(expected[i], actual[i]);
    }

    private static byte[] TrainAndSave()
    {
        var options = TestMethods.Options("Ddc");
        options.ScoringBatchSize = 16;
        using var model = TestMethods.Trainer(Ml, options).Fit(View());
        using var stream = new MemoryStream();
        Ml.Model.Save(model, View().Schema, stream);
        return stream.ToArray();
    }

    private static DeepClusteringTransformer Load() => (DeepClusteringTransformer)Ml.Model.Load(new MemoryStream(Saved), out _);

    private static ScoredTestRow[] Scored()
    {
        using var model = Load();
        return TestRows.Scored(Ml, model.Transform(View()));
    }

    private static ScoredTestRow[] Predicted()
    {
        using var engine = Engine(Load(), owns: true);
        return Array.ConvertAll(Rows, engine.Predict);
    }

    private static IDataView View() => Ml.Data.LoadFromEnumerable(Rows, TestRows.Schema(Size));

    private static PredictionEngine<TestRow, ScoredTestRow> Engine(ITransformer model, bool owns) => Ml.Model.CreatePredictionEngine<TestRow, ScoredTestRow>(
        model, new PredictionEngineOptions { OwnsTransformer = owns, InputSchemaDefinition = TestRows.Schema(Size) });
}
