using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Persistence;
using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.DeepClustering.Torch;
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
            return SafeTensors.Write(model.Model.Method.state_dict());
        }
    }

    [TestMethod]
    public void Fit_AnotherNumberOfThreadsAtTheSameTime_EachHasItsOwn()
    {
        var before = get_num_threads();
        byte[]? second = null;
        var duringAndAfter = new List<int>();
        var first = Weights("Idec", threads: 1, progress: _ =>
        {
            second ??= AtOnce(() => Weights("Ddc", threads: 2, progress: _ => duringAndAfter.Add(get_num_threads() - 1)))[0];
            duringAndAfter.Add(get_num_threads());
        });
        Assert.AreEqual(before, get_num_threads());
        Assert.IsNotEmpty(duringAndAfter);
        Assert.IsTrue(duringAndAfter.All(n => n == 1), string.Join(", ", duringAndAfter));
        CollectionAssert.AreEqual(Weights("Idec", threads: 1), first);
        CollectionAssert.AreEqual(Weights("Ddc", threads: 2), second);
    }

    [TestMethod]
    public void Fit_WithinATrainingOfTheSameThread_GivesItsNumberBack()
    {
        var before = get_num_threads();
        var (inner, outer) = (new List<int>(), new List<int>());
        byte[]? second = null;
        Weights("Idec", threads: before + 1, progress: _ =>
        {
            second ??= Weights("Ddc", threads: before + 2, progress: _ => inner.Add(get_num_threads()));
            outer.Add(get_num_threads());
        });
        Assert.IsNotEmpty(inner);
        Assert.IsTrue(inner.All(n => n == before + 2), string.Join(", ", inner));
        Assert.IsTrue(outer.All(n => n == before + 1), string.Join(", ", outer));
        Assert.AreEqual(before, get_num_threads());
    }

    private static byte[] Weights(string method, int? threads = null, Action<TrainingProgress>? progress = null)
    {
        var options = Options(method);
        options.NumberOfThreads = threads;
        options.Progress = progress is null ? null : new Reporter(progress);
        using var model = TestMethods.Trainer(Ml, options).Fit(View());
        return SafeTensors.Write(model.Model.Method.state_dict());
    }

    private static DeepClusteringOptions Options(string method) => TestMethods.Options(method);

    private static IDataView View() => TestVectors.View(Ml, TestVectors.Make(60, 6), 6);

    private static T[] AtOnce<T>(params Func<T>[] functions)
        => Task.WhenAll(functions.Select(f => Task.Factory.StartNew(f, TaskCreationOptions.LongRunning))).GetAwaiter().GetResult();
}
