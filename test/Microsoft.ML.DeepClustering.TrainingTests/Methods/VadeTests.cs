using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Methods.Vade;
using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Methods;

/// <summary>VaDE beyond what holds of every method.</summary>
[TestClass]
public sealed class VadeTests
{
    private const int Rows = 90;
    private const int Size = 6;

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(VadeLikelihood.Gaussian)]
    [DataRow(VadeLikelihood.Bernoulli)]
    public void Fit_ThreeKinds_FindsThemAndRaisesTheBound(VadeLikelihood likelihood)
    {
        var view = View(likelihood);
        using var model = TestMethods.Trainer(_ml, Options(likelihood)).Fit(view);
        var losses = model.History.BestRun.Epochs.Where(e => e.Phase == "clustering").Select(e => e.TotalLoss).ToArray();
        Assert.IsLessThan(losses[0], losses[^1]);
        var scored = model.Transform(view);
        Assert.AreEqual(1, _ml.Clustering.EvaluateDeepClustering(scored, "Label").Accuracy, 0.02);
        TestVectors.AreSound(TestRows.Scored(_ml, scored), 3, model.EmbeddingSize);
    }

    [TestMethod]
    public void Transform_ScoresAndProbabilities_AreTheMixturesOwn()
    {
        using var scope = NewDisposeScope();
        var view = View(VadeLikelihood.Gaussian);
        using var model = TestMethods.Trainer(_ml, Options(VadeLikelihood.Gaussian)).Fit(view);
        var method = (VadeMethod)model.Trained.Method;
        var (pi, mu, v) = (TestTensors.Values(method.LogShares()), TestTensors.Values(method.Centroids), TestTensors.Values(method.LogVariances));
        foreach (var row in TestRows.Scored(_ml, model.Transform(view)).Take(5))
        {
            var p = row.Embedding.Length;
            var joint = Enumerable.Range(0, 3).Select(c => pi[c] - 0.5 * Enumerable.Range(0, p).Sum(j =>
                Math.Log(2 * Math.PI) + v[c * p + j] + Math.Pow(row.Embedding[j] - mu[c * p + j], 2) / Math.Exp(v[c * p + j]))).ToArray();
            var sum = joint.Sum(j => Math.Exp(j - joint.Max()));
            for (var c = 0; c < 3; c++)
            {
                Assert.AreEqual(-joint[c], row.Score[c], 1e-3 * (1 + Math.Abs(joint[c])));
                Assert.AreEqual(Math.Exp(joint[c] - joint.Max()) / sum, row.Probability[c], 1e-4);
            }
        }
    }

    [TestMethod]
    public void DecodeCentroids_Bernoulli_AreShares()
    {
        using var model = TestMethods.Trainer(_ml, Options(VadeLikelihood.Bernoulli)).Fit(View(VadeLikelihood.Bernoulli));
        Assert.IsTrue(model.DecodeCentroids().SelectMany(c => c).All(x => x is > 0 and < 1));
    }

    [TestMethod]
    public void Fit_BernoulliOutsideTheUnitRange_SaysSoBeforeAnyTraining()
    {
        var options = Options(VadeLikelihood.Bernoulli);
        options.Progress = new Reporter(_ => Assert.Fail("A batch was trained."));
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => TestMethods.Trainer(_ml, options).Fit(View(VadeLikelihood.Gaussian)));
        StringAssert.Contains(error.Message, "Likelihood is Bernoulli, which needs features from 0 to 1");
    }

    [TestMethod]
    public void Fit_LearningRate_FallsToItsMinimum()
    {
        var rates = new List<double>();
        var options = new VadeOptions { NumberOfClusters = 3, LearningRate = 1e-2, LearningRateDecay = 0.1, DecayInterval = 2, MinimumLearningRate = 5e-4, NumberOfEpochs = 7 };
        using var generator = new Generator(1);
        using var rows = new Data.MemoryRows(TestTensors.Noise(20, Size).to(ScalarType.Float32).DetachFromDisposeScope());
        using var method = (VadeMethod)options.CreateMethod(new Data.InputShape([Size]));
        using var optimizer = new Optimizers.AdamOptimizer(method.parameters(), 1e-2);
        var phase = new VadePhase(method, options, optimizer, 20);
        for (var epoch = 1; epoch <= 7; epoch++)
        {
            phase.OnEpochStart(new(rows, generator, _ => { }, _ => { }, CancellationToken.None), epoch);
            rates.Add(optimizer.LearningRate);
        }

        double[] expected = [1e-2, 1e-2, 1e-3, 1e-3, 5e-4, 5e-4, 5e-4];
        for (var i = 0; i < 7; i++)
            Assert.AreEqual(expected[i], rates[i], 1e-12);
    }

    [TestMethod]
    public void Loss_InTrainingAndInEvaluation_SamplesAndTakesTheMean()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var options = new VadeOptions { NumberOfClusters = 3 };
        using var method = (VadeMethod)options.CreateMethod(new Data.InputShape([Size]));
        method.Initialize(generator);
        using var rows = new Data.MemoryRows(TestTensors.Noise(20, Size).to(ScalarType.Float32).DetachFromDisposeScope());
        Training.TrainingContext context = new(rows, generator, _ => { }, _ => { }, CancellationToken.None);
        method.InitializeMixture(context);
        using var optimizer = new Optimizers.AdamOptimizer(method.parameters(), 1e-3);
        var phase = new VadePhase(method, options, optimizer, 20);
        var batch = new Training.TrainingBatch(rows.All, rows.All, Arithmetic.Numbers(20, CPU));
        var evaluated = TestTensors.Value(phase.Loss(batch).Total());
        Assert.AreEqual(evaluated, TestTensors.Value(phase.Loss(batch).Total()));
        var seen = phase.See(rows.All, context);
        var sampled = phase.Loss(new(rows.All, seen, batch.Indices));
        Assert.AreNotEqual(evaluated, TestTensors.Value(sampled.Total()));
        phase.OnBatchEnd(batch, sampled);
        Assert.AreEqual(evaluated, TestTensors.Value(phase.Loss(batch).Total()));
    }

    private static VadeOptions Options(VadeLikelihood likelihood)
    {
        var options = (VadeOptions)TestMethods.Options("Vade", epochs: 30);
        (options.Likelihood, options.EmbeddingSize) = (likelihood, 2);
        return options;
    }

    private IDataView View(VadeLikelihood likelihood)
    {
        var rows = TestVectors.Make(Rows, Size);
        return TestVectors.View(_ml, likelihood == VadeLikelihood.Gaussian ? rows : [.. rows.Select(r => Array.ConvertAll(r, x => (x + 1) / 2))], Size);
    }
}
