using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Checkpoints;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Persistence;
using Microsoft.ML.DeepClustering.Tests.Support;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Lifetime;

/// <summary>Trainings at the same time in one process: each gives the model that it gives alone, bit for bit.</summary>
[TestClass]
public sealed class ConcurrentTrainingTests
{
    private static readonly MLContext Ml = new(seed: 1);

    public static IEnumerable<object[]> Methods => MethodNames.OptionTypes.Keys.Select(name => new object[] { name });

    [TestMethod]
    [TestCategory("Slow")]
    [DynamicData(nameof(Methods))]
    public void Fit_TheSameTrainingTwiceAtOnce_EqualsOneAlone(string method)
    {
        var alone = Weights(method);
        foreach (var weights in AtOnce(() => Weights(method), () => Weights(method)))
            CollectionAssert.AreEqual(alone, weights);
    }

    [TestMethod]
    [TestCategory("Slow")]
    public void Fit_AllMethodsAtOnce_EachEqualsItselfAlone()
    {
        var methods = MethodNames.OptionTypes.Keys.ToArray();
        var alone = Array.ConvertAll(methods, m => Weights(m));
        var together = AtOnce(methods.Select(m => (Func<byte[]>)(() => Weights(m))).ToArray());
        for (var i = 0; i < methods.Length; i++)
            CollectionAssert.AreEqual(alone[i], together[i], methods[i]);
    }

    [TestMethod]
    public void Fit_WhileAnotherModelScores_BothAreAsAlone()
    {
        using var model = TestMethods.Trainer(Ml, "DdcUco").Fit(View());
        var alone = (Weights: Weights("Idec"), Scores: Scores());
        var together = AtOnce<object>(() => Weights("Idec"), Scores, Scores);
        CollectionAssert.AreEqual(alone.Weights, (byte[])together[0]);
        CollectionAssert.AreEqual(alone.Scores, (float[])together[1]);
        CollectionAssert.AreEqual(alone.Scores, (float[])together[2]);

        float[] Scores() => Enumerable.Range(0, 10).SelectMany(_ => model.Transform(View()).GetColumn<float[]>("Embedding")).SelectMany(v => v).ToArray();
    }

    [TestMethod]
    public void Fit_OneTrainerInTwoThreads_GivesTheSameModelTwice()
    {
        var trainer = TestMethods.Trainer(Ml, Options("Dec"));
        var view = View();
        var models = AtOnce(Fit, Fit);
        CollectionAssert.AreEqual(models[0], models[1]);

        byte[] Fit()
        {
            using var model = trainer.Fit(view);
            return SafeTensors.Write(model.Trained.Method.state_dict());
        }
    }

    [TestMethod]
    public void Fit_AnotherNumberOfThreadsAtTheSameTime_EachHasItsOwn()
    {
        using var folder = new TemporaryFolder();
        var before = get_num_threads();
        byte[]? second = null;
        var (inner, outer) = (new ThreadNumbers(folder.File("inner")), new ThreadNumbers(folder.File("outer")));
        var first = Weights("Idec", threads: 1, outer, progress: () => second ??= AtOnce(() => Weights("Ddc", threads: 2, inner))[0]);
        Assert.AreEqual(before, get_num_threads());
        inner.Are(training: 2, handlers: before);
        outer.Are(training: 1, handlers: before);
        CollectionAssert.AreEqual(Weights("Idec", threads: 1), first);
        CollectionAssert.AreEqual(Weights("Ddc", threads: 2), second);
    }

    [TestMethod]
    public void Fit_WithinATrainingOfTheSameThread_GivesItsNumberBack()
    {
        using var folder = new TemporaryFolder();
        var before = get_num_threads();
        byte[]? second = null;
        var (inner, outer) = (new ThreadNumbers(folder.File("inner")), new ThreadNumbers(folder.File("outer")));
        Weights("Idec", threads: before + 1, outer, progress: () => second ??= Weights("Ddc", threads: before + 2, inner));
        inner.Are(training: before + 2, handlers: before);
        outer.Are(training: before + 1, handlers: before);
        Assert.AreEqual(before, get_num_threads());
    }

    private static byte[] Weights(string method, int? threads = null, ThreadNumbers? numbers = null, Action? progress = null)
    {
        var options = Options(method);
        options.NumberOfThreads = threads;
        options.CheckpointPath = numbers?.Path;
        options.Progress = numbers is null ? null : new Reporter(_ =>
        {
            progress?.Invoke();
            numbers.Note();
        });
        using var model = TestMethods.Trainer(Ml, options).Fit(View());
        numbers?.Note();
        return SafeTensors.Write(model.Trained.Method.state_dict());
    }

    private static DeepClusteringOptions Options(string method) => TestMethods.Options(method);

    private static IDataView View() => TestVectors.View(Ml, TestVectors.Make(60, 6), 6);

    private static T[] AtOnce<T>(params Func<T>[] functions)
        => Task.WhenAll(functions.Select(f => Task.Factory.StartNew(f, TaskCreationOptions.LongRunning))).GetAwaiter().GetResult();

    /// <summary>The numbers of threads that a training has, as its checkpoint says, and that its handlers find, noted again and again.</summary>
    private sealed class ThreadNumbers(string path)
    {
        private readonly List<int> _training = [];
        private readonly List<int> _handlers = [];

        public string Path => path;

        public void Note()
        {
            _training.Add(CheckpointFile.Read(path).Header.Threads);
            _handlers.Add(get_num_threads());
        }

        public void Are(int training, int handlers)
        {
            // Before, between and after the epochs.
            Assert.IsGreaterThan(5, _training.Count);
            Assert.IsTrue(_training.All(n => n == training), string.Join(", ", _training));
            Assert.IsTrue(_handlers.All(n => n == handlers), string.Join(", ", _handlers));
        }
    }
}
