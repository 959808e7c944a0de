using System.Text.RegularExpressions;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Scoring;
using Microsoft.ML.DeepClustering.Tests.Support;
using TorchSharp;

namespace Microsoft.ML.DeepClustering.Tests.Estimators;

/// <summary>Where libtorch gets no memory, training, scoring and loading say which settings to lower, and the process goes on.</summary>
[TestClass]
public sealed class MemoryFaultsTests
{
    private const int Side = 200;
    private const int ManyRows = 300;
    private const int Scored = 64;
    private const long Little = 192 << 20;

    private readonly MLContext _ml = new(seed: 1);

    // Where it is not loaded yet, the bound on memory would keep it from loading.
    [TestInitialize]
    public void LoadLibrary() => _ = torch.get_num_threads();

    [TestMethod]
    public void Fit_BatchWithoutMemory_NamesTheOptionsAndCanBeRepeated()
    {
        var rows = View(ManyRows);
        Collect();
        var tensors = NativeTensors.Live;
        // The first layer's output is 4.9 MB a row.
        var error = InLittle(() => Train(rows, batchSize: ManyRows).Dispose());
        StringAssert.Contains(error.Message, "The training needs more memory than there is (it asked for ");
        StringAssert.Contains(error.Message, $"lower BatchSize ({ManyRows}) or ScoringBatchSize (256), set FeatureStorage to Disk, or train on fewer rows.");
        Collect();
        Assert.IsLessThanOrEqualTo(tensors, NativeTensors.Live, "the failed training keeps native memory");
        using var model = Train(View(4), batchSize: 2);
        Assert.AreEqual(1, model.History.BestRun.Epochs.Count);
    }

    [TestMethod]
    public void ScanNumberOfClusters_BatchWithoutMemory_NamesTheOptions()
    {
        var options = new AutoencoderKMeansOptions { BatchSize = ManyRows, PretrainingEpochs = 1, Seed = 1 };
        var rows = View(ManyRows);
        var error = InLittle(() => _ml.Clustering.ScanNumberOfClusters(rows, options, from: 2, to: 3));
        StringAssert.Contains(error.Message, "The scan needs more memory than there is (it asked for ");
        StringAssert.Contains(error.Message, $"lower BatchSize ({ManyRows})");
    }

    [TestMethod]
    public void Transform_BatchWithoutMemory_SaysSoAndScoresAfterwards()
    {
        using var model = Train(View(4), batchSize: 2);
        var before = Scores(model, 4);
        // What oneDNN keeps of each size of batch is made beforehand: where it gets no memory for that it ends the process, and TorchSharp cannot help it.
        Scores(model, Scored);
        Collect();
        var error = InLittle(() => Scores(model, Scored));
        // Batches double; which of them is too large depends on what the process can find of its own.
        StringAssert.Matches(error.Message, new Regex(@"^Scoring (\d+) rows at once needs more memory than there is \(it asked for \d+ bytes\); free some memory, or train with a ScoringBatchSize below \1\.$"));
        CollectionAssert.AreEqual(before, Scores(model, 4));
    }

    [TestMethod]
    public void Load_WeightsWithoutMemory_SaysSoAndLoadsAfterwards()
    {
        // A first layer of 80 MB, with its weights as they are made: more than what the process may find again of its own.
        var options = new AutoencoderKMeansOptions { NumberOfClusters = TestRows.Clusters };
        var shape = new InputShape([40_000]);
        var history = new TrainingHistory([new RunRecord(1, 0, 0, [], null)], 0);
        using var model = new DeepClusteringTransformer(_ml, new TrainedModel(options, shape, options.CreateMethod(shape), history, torch.CPU));
        using var file = new MemoryStream();
        _ml.Model.Save(model, null, file);
        Collect();
        var error = Assert.Throws<Exception>(() => InSpace(48 << 20, () => Load(file)));
        while (error is not InsufficientMemoryException && error.InnerException is { } inner)
            error = inner;
        StringAssert.Contains(error.Message, "Loading the model needs more memory than there is (it asked for 80000000 bytes);");
        Load(file);
    }

    [TestMethod]
    public void Transform_ScoringBatchSizeFarAboveTheRows_TakesMemoryForTheRows()
    {
        using var model = Train(View(4), batchSize: 2, scoringBatchSize: int.MaxValue);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.HasCount(4 * TestRows.Clusters, Scores(model, 4));
        Assert.IsLessThan(256L << 20, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private static InsufficientMemoryException InLittle(Action work)
        => Assert.ThrowsExactly<InsufficientMemoryException>(() => InSpace(Little, work));

    private static void InSpace(long bytes, Action work)
    {
        using var bound = AddressSpace.LimitTo(bytes);
        work();
    }

    private IDataView View(int rows) => _ml.Data.LoadFromEnumerable(TestRows.Make(rows, Side * Side), TestRows.Schema(1, Side, Side));

    private DeepClusteringTransformer Train(IDataView rows, int batchSize, int scoringBatchSize = 256)
        => _ml.Clustering.Trainers.AutoencoderKMeans(new AutoencoderKMeansOptions
        {
            NumberOfClusters = TestRows.Clusters, BatchSize = batchSize, PretrainingEpochs = 1, Seed = 1, ScoringBatchSize = scoringBatchSize,
        }).Fit(rows);

    private float[] Scores(DeepClusteringTransformer model, int rows)
        => TestRows.Scored(_ml, model.Transform(View(rows))).SelectMany(r => r.Score).ToArray();

    private static void Load(MemoryStream file)
    {
        file.Position = 0;
        ((IDisposable)new MLContext().Model.Load(file, out _)).Dispose();
    }
}
