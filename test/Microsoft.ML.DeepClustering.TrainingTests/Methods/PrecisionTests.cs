using Microsoft.ML.DeepClustering.Tests.Support;
using TorchSharp;

namespace Microsoft.ML.DeepClustering.Tests.Methods;

/// <summary>Trainings whose products are in bfloat16: all but the products is as ever.</summary>
[TestClass]
public sealed class PrecisionTests
{
    private static readonly MLContext Ml = new(seed: 1);

    public static IEnumerable<object[]> Methods => TestMethods.All;

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Fit_InBFloat16_KeepsAModelOfFloat32AndRepeatsBitForBit(string method, bool images)
    {
        var (first, losses) = Train(method, images, NumericPrecision.BFloat16);
        var (second, again) = Train(method, images, NumericPrecision.BFloat16);
        CollectionAssert.AreEqual(first, second);
        CollectionAssert.AreEqual(losses, again);
        var (exact, exactLosses) = Train(method, images, NumericPrecision.Float32);
        CollectionAssert.AreNotEqual(exact, first, "the products are others");
        // Of the first epoch: later ones part more and more.
        Assert.AreEqual(exactLosses[0], losses[0], 0.03 * Math.Abs(exactLosses[0]), "and about the same");
    }

    [TestMethod]
    public void Fit_InBFloat16OnAnyProcessor_SaysSoWhereItIsSlow()
    {
        var ml = new MLContext(seed: 1);
        var log = new List<string>();
        ml.Log += (_, e) => log.Add(e.Message);
        var options = TestMethods.Options("AutoencoderKMeans");
        options.Precision = NumericPrecision.BFloat16;
        using var model = TestMethods.Trainer(ml, options).Fit(TestRows.View(ml, TestRows.Make(40), images: false));
        var reason = DeepClustering.Torch.ProcessorFeatures.SlowBFloat16;
        Assert.AreEqual(reason is not null, log.Exists(m => m.Contains($"Precision is BFloat16, but {reason}", StringComparison.Ordinal)));
    }

    private static (float[] Scores, double[] Losses) Train(string method, bool images, NumericPrecision precision)
    {
        var options = TestMethods.Options(method);
        options.Precision = precision;
        var view = TestRows.View(Ml, TestRows.Make(40), images);
        using var model = TestMethods.Trainer(Ml, options).Fit(view);
        foreach (var (name, tensor) in model.Trained.Method.state_dict())
            Assert.IsTrue(tensor.dtype is torch.ScalarType.Float32 or torch.ScalarType.Int64, name);
        return ([.. TestRows.Scored(Ml, model.Transform(view)).SelectMany(r => r.Score)], [.. model.History.BestRun.Epochs.Select(e => e.TotalLoss)]);
    }
}
