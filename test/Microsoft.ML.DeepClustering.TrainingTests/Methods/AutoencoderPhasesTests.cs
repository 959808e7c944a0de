using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Methods;

/// <summary>What the phases of methods with an autoencoder train with, and what they keep.</summary>
[TestClass]
public sealed class AutoencoderPhasesTests
{
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Phases_FreshOptimizer_IsNotThatOfPretraining(bool fresh)
    {
        foreach (var options in new AutoencoderFamilyOptions[] { new DcnOptions { FreshOptimizer = fresh }, new DeepKMeansOptions { FreshOptimizer = fresh } })
        {
            using var scope = NewDisposeScope();
            using var stage = new AutoencoderStage(options);
            options.PretrainingEpochs = 1;
            var optimizers = stage.Method.Phases(stage.Context).Select(p => p.Optimizer).ToArray();
            Assert.HasCount(2, optimizers);
            Assert.AreEqual(fresh, !ReferenceEquals(optimizers[0], optimizers[1]), options.MethodName);
        }
    }

    [TestMethod]
    [DataRow(OptimizerKind.Adam)]
    [DataRow(OptimizerKind.Momentum)]
    public void Phases_OfTheDecFamily_StepWithTheOptimizerOfTheOptions(OptimizerKind kind)
    {
        foreach (var options in new DecFamilyOptions[] { new DecOptions(), new IdecOptions(), new DecUcoOptions() })
        {
            using var scope = NewDisposeScope();
            (options.Optimizer, options.LearningRate) = (kind, 0.25);
            using var stage = new AutoencoderStage(options);
            options.PretrainingEpochs = 1;
            var optimizers = stage.Method.Phases(stage.Context).Select(p => p.Optimizer).ToArray();
            Assert.HasCount(2, optimizers);
            Assert.IsInstanceOfType<AdamOptimizer>(optimizers[0], options.MethodName);
            Assert.AreEqual(kind == OptimizerKind.Momentum, optimizers[1] is MomentumOptimizer, options.MethodName);
            Assert.AreEqual(0.25, optimizers[1].LearningRate, options.MethodName);
        }
    }

    [TestMethod]
    [DataRow(false, false, 0.0, true)]
    [DataRow(true, false, 0.0, false)]
    [DataRow(false, true, 0.0, false)]
    [DataRow(true, false, 0.001, true)]
    public void State_OfDec_HasATargetOfAllRowsWhereItIsUsed(bool batchTarget, bool pairLoss, double tolerance, bool expected)
    {
        using var scope = NewDisposeScope();
        using var stage = new AutoencoderStage(new DecOptions { BatchTarget = batchTarget, PairLoss = pairLoss, LabelChangeTolerance = tolerance });
        using var phases = stage.Method.Phases(stage.Context).GetEnumerator();
        Assert.IsTrue(phases.MoveNext());
        phases.Current.OnStart(stage.Context);
        phases.Current.OnBatchStart(stage.Context);
        Assert.AreEqual(expected, phases.Current.State().ContainsKey("_target"));
        Assert.IsTrue(double.IsFinite(TestTensors.Value(phases.Current.Loss(new(AutoencoderStage.Batch, AutoencoderStage.Batch, Arithmetic.Numbers(AutoencoderStage.Rows, CPU))).Total())));
    }
}
