using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Training;

[TestClass]
public sealed class TrainingLoopTests
{
    [TestMethod]
    [DataRow(false, 3, 10)]
    [DataRow(true, 2, 8)]
    public void Train_LastBatchSmaller_IsTrainedOnUnlessThePhaseDropsIt(bool drops, int batches, int rows)
    {
        using var run = new Recorded { Drops = drops };
        run.Train(rows: 10, batchSize: 4, epochs: 1);
        Assert.HasCount(batches, run.Steps);
        Assert.AreEqual(rows, run.Steps.Sum(b => b.Length));
        Assert.AreEqual(rows, run.Steps.SelectMany(b => b).Distinct().Count());
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Train_FewerRowsThanABatch_UsesAllOfThemInOneBatch(bool drops)
    {
        using var run = new Recorded { Drops = drops };
        run.Train(rows: 10, batchSize: 120, epochs: 2);
        Assert.HasCount(2, run.Steps);
        foreach (var batch in run.Steps)
            CollectionAssert.AreEqual(new long[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 }, batch.Order().ToArray());
    }

    [TestMethod]
    public void Train_BatchesOfDifferentSize_AverageOverRows()
    {
        using var run = new Recorded();
        run.Train(rows: 10, batchSize: 4, epochs: 1);
        // The loss of a batch is the mean of its rows' numbers.
        Assert.AreEqual(4.5, run.Records[0].Losses["mean"], 1e-6);
    }

    [TestMethod]
    public void Train_NoEvaluationInterval_EvaluatesTheLastEpochAlone()
    {
        using var run = new Recorded();
        run.Train(rows: 10, batchSize: 4, epochs: 3);
        CollectionAssert.AreEqual(new[] { false, false, true }, run.Records.Select(e => e.EvaluationLoss.HasValue).ToArray());
    }

    [TestMethod]
    public void Train_PhaseConverged_EndsAfterThatEpochAndEvaluatesIt()
    {
        using var run = new Recorded { ConvergesAfter = 2 };
        run.Train(rows: 10, batchSize: 4, epochs: 9);
        Assert.HasCount(2, run.Records);
        Assert.IsNotNull(run.Records[1].EvaluationLoss);
    }

    [TestMethod]
    public void Train_Hooks_ComeInOrder()
    {
        using var run = new Recorded();
        run.Train(rows: 8, batchSize: 4, epochs: 1);
        Assert.AreEqual("start epoch+ batch+ batch- batch+ batch- epoch-", string.Join(" ", run.Hooks));
    }

    [TestMethod]
    public void Train_PhaseThatHasBegun_GoesOnWithTheNextEpochAndDoesNotStartAgain()
    {
        using var run = new Recorded();
        run.Train(rows: 8, batchSize: 4, epochs: 3, epochsBefore: 1);
        CollectionAssert.AreEqual(new[] { 2, 3 }, run.Records.Select(e => e.Epoch).ToArray());
        Assert.DoesNotContain("start", run.Hooks);
    }

    [TestMethod]
    public void Train_LeftBetweenTwoEpochs_HasTrainedNoFurther()
    {
        using var run = new Recorded();
        run.Train(rows: 8, batchSize: 4, epochs: 5, epochsWanted: 2);
        Assert.HasCount(2, run.Records);
        Assert.HasCount(4, run.Steps);
    }

    private sealed class Recorded : TrainingPhase, ITrainingListener, IDisposable
    {
        private readonly Method _method = new();
        private readonly ParameterOptimizer _optimizer;
        private int _epochs;
        private int _batchSize;
        private LossTerms? _terms;

        public Recorded() => _optimizer = new MomentumOptimizer(_method.parameters(), 0.1, momentum: 0);

        public bool Drops { get; init; }

        public int ConvergesAfter { get; init; } = int.MaxValue;

        public List<long[]> Steps { get; } = [];

        public List<EpochRecord> Records { get; } = [];

        public List<string> Hooks { get; } = [];

        public override string Name => "recorded";

        public override int Epochs => _epochs;

        public override int BatchSize => _batchSize;

        public override bool DropsLastBatch => Drops;

        public override ParameterOptimizer Optimizer => _optimizer;

        public override bool HasConverged => Records.Count + 1 >= ConvergesAfter;

        public void Train(int rows, int batchSize, int epochs, int epochsBefore = 0, int epochsWanted = int.MaxValue)
        {
            (_epochs, _batchSize) = (epochs, batchSize);
            using var data = new MemoryRows(Arithmetic.Numbers(rows, CPU).to(ScalarType.Float32).unsqueeze(1));
            using var generator = new Generator(1);
            var context = new TrainingContext(data, generator, _ => { }, _ => { }, CancellationToken.None);
            using var progress = epochsBefore == 0 ? PhaseProgress.Start(this, context) : new(context.Shuffled(), epochsBefore);
            var trained = new TrainingLoop(_method, context, [this]).Train(this, progress).Take(epochsWanted).ToArray();
            CollectionAssert.AreEqual(Records, trained);
            Assert.AreEqual(epochsBefore + trained.Length, progress.Epoch);
            Assert.AreEqual(epochsWanted == int.MaxValue, progress.HasEnded);
        }

        public override LossTerms Loss(TrainingBatch batch)
        {
            CollectionAssert.AreEqual(batch.Indices.data<long>().Select(i => (float)i).ToArray(), batch.Rows.data<float>().ToArray());
            var terms = new LossTerms();
            terms.Add("mean", _method.Mean(batch.Seen));
            _terms = terms;
            return terms;
        }

        public override void OnStart(TrainingContext context) => Hooks.Add("start");

        public override void OnEpochStart(TrainingContext context, int epoch) => Hooks.Add("epoch+");

        public override void OnBatchStart(TrainingContext context) => Hooks.Add("batch+");

        public override void OnBatchEnd(TrainingBatch batch, LossTerms terms)
        {
            Assert.AreSame(_terms, terms);
            Hooks.Add("batch-");
            Steps.Add(batch.Indices.data<long>().ToArray());
        }

        public override void OnEpochEnd(TrainingContext context, int epoch) => Hooks.Add("epoch-");

        public void OnEpochEnd(TrainingPhase phase, EpochRecord record) => Records.Add(record);

        public void Dispose()
        {
            _optimizer.Dispose();
            _method.Dispose();
        }
    }

    /// <summary>One weight that has no influence on the loss's value.</summary>
    private sealed class Method : ClusteringMethod
    {
        private readonly Parameter weight;

        public Method()
            : base("recorded")
        {
            weight = new Parameter(zeros(1));
            RegisterComponents();
        }

        public override long EmbeddingSize => 1;

        public Tensor Mean(Tensor batch) => batch.mean().Plus(weight.sum().Times(0.0));

        public override IEnumerable<TrainingPhase> Phases(TrainingContext context) => [];

        public override void Initialize(Generator generator)
        {
        }

        public override ClusterAssignment Assign(Tensor prepared) => new(prepared, prepared, prepared);
    }
}
