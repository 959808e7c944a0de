using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Methods.Pretraining;
using Microsoft.ML.DeepClustering.Persistence;
using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Selection;

/// <summary>A training that takes a pretrained autoencoder over gives bit for bit the model that it would have given alone.</summary>
[TestClass]
public sealed class PretrainedAutoencodersTests
{
    public static IEnumerable<object[]> Methods => TestMethods.All.Where(m => MethodNames.OptionTypes[(string)m[0]].IsSubclassOf(typeof(AutoencoderFamilyOptions)));

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Train_PretrainedAtAnotherNumber_GivesTheModelOfATrainingAlone(string method, bool images)
    {
        using var store = new PretrainedAutoencoders();
        var alone = Train(method, images, clusters: 3, store: null);
        Train(method, images, clusters: 2, store);
        var shared = Train(method, images, clusters: 3, store);
        CollectionAssert.AreEqual(alone.Weights, shared.Weights);
        Assert.AreEqual(Text(alone.Run), Text(shared.Run));
    }

    [TestMethod]
    [DataRow("AutoencoderKMeans", 2)]
    [DataRow("Idec", 2)]
    [DataRow("DeepKMeans", 4)]
    public void Train_PretrainedAtAnotherNumber_PretrainsNoMore(string method, int epochs)
    {
        using var store = new PretrainedAutoencoders();
        var pretraining = 0;
        for (var clusters = 2; clusters <= 3; clusters++)
            Train(method, images: false, clusters, store, progress: p => pretraining += p.Completed?.Phase == "pretraining" ? 1 : 0);
        Assert.AreEqual(epochs, pretraining);
    }

    [TestMethod]
    [DataRow("Dcn")]
    [DataRow("DeepKMeans")]
    public void Train_FreshOptimizer_PretrainsOnceAndGivesTheModelOfATrainingAlone(string method)
    {
        using var store = new PretrainedAutoencoders();
        var pretraining = 0;
        var alone = Train(method, images: false, clusters: 3, store: null, freshOptimizer: true);
        var carried = Train(method, images: false, clusters: 3, store: null);
        Train(method, images: false, clusters: 2, store, freshOptimizer: true);
        var shared = Train(method, images: false, clusters: 3, store, progress: p => pretraining += p.Completed?.Phase == "pretraining" ? 1 : 0, freshOptimizer: true);
        Assert.AreEqual(0, pretraining);
        CollectionAssert.AreEqual(alone.Weights, shared.Weights);
        CollectionAssert.AreNotEqual(carried.Weights, shared.Weights);
    }

    [TestMethod]
    [DataRow(6, 10)]
    [DataRow(5, 9)]
    public void Train_OtherSeedOrEmbeddingSize_PretrainsForItself(int seed, int embeddingSize)
    {
        using var store = new PretrainedAutoencoders();
        Train("Idec", images: false, clusters: 3, store);
        var pretraining = 0;
        var other = Train("Idec", images: false, clusters: 3, store, seed, embeddingSize, p => pretraining += p.Completed?.Phase == "pretraining" ? 1 : 0);
        Assert.AreEqual(2, pretraining);
        CollectionAssert.AreEqual(Train("Idec", images: false, clusters: 3, store: null, seed, embeddingSize).Weights, other.Weights);
    }

    [TestMethod]
    public void Train_NoPretraining_KeepsNothing()
    {
        using var store = new PretrainedAutoencoders();
        var before = NativeTensors.Live;
        Train("Idec", images: false, clusters: 3, store, pretrainingEpochs: 0);
        Assert.AreEqual(before, NativeTensors.Live);
    }

    [TestMethod]
    public void Dispose_KeptAutoencoders_AreFreed()
    {
        var before = NativeTensors.Live;
        var store = new PretrainedAutoencoders();
        Train("Idec", images: false, clusters: 3, store);
        Assert.IsGreaterThan(before, NativeTensors.Live);
        store.Dispose();
        Assert.AreEqual(before, NativeTensors.Live);
    }

    private static (byte[] Weights, RunRecord Run) Train(
        string method, bool images, int clusters, PretrainedAutoencoders? store, int seed = 5, int embeddingSize = 10, Action<TrainingProgress>? progress = null, int pretrainingEpochs = 2,
        bool freshOptimizer = false)
    {
        var options = (AutoencoderFamilyOptions)TestMethods.Options(method);
        (options.NumberOfClusters, options.EmbeddingSize, options.Pretrained, options.PretrainingEpochs) = (clusters, embeddingSize, store, pretrainingEpochs);
        if (options is DcnOptions dcn)
            dcn.FreshOptimizer = freshOptimizer;
        if (options is DeepKMeansOptions soft)
            soft.FreshOptimizer = freshOptimizer;
        options.Progress = progress is null ? null : new Reporter(progress);
        var rows = TestRows.Make(40);
        var shape = new InputShape(images ? [1, TestRows.Side, TestRows.Side] : [TestRows.Side * TestRows.Side]);
        using var data = new MemoryRows(tensor(rows.SelectMany(r => r.Features).ToArray(), shape.Dimensions.Prepend(rows.Length).ToArray()));
        var (trained, history, _) = new Restarts(options, shape, new(seed, CPU, _ => { }, _ => { })).Train(data);
        using (trained)
            return (SafeTensors.Write(trained.state_dict()), history.BestRun);
    }

    // All but the seconds.
    private static string Text(RunRecord run) => $"{run.Seed} {run.LowestLoss:R} {run.BestEpoch} {run.Failure}\n" + string.Join(
        "\n", run.Epochs.Select(e => $"{e.Phase} {e.Epoch} {string.Join(" ", e.Losses.Select(l => $"{l.Key} {l.Value:R}"))} {e.TotalLoss:R} {e.EvaluationLoss:R}"));
}
