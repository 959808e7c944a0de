using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Persistence;
using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.Runtime;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Training;

[TestClass]
public sealed class RecordingTests
{
    private const int Rows = 40;

    private static readonly string[] WithAuxiliary = ["Centering", "Dcn", "DdcAutoencoder", "DdcUco", "DecUco", "DeepKMeans", "Depict", "DynamicAutoencoder", "Idec", "Vade"];

    private readonly MLContext _ml = new(seed: 1);
    private readonly List<string> _warnings = [];

    public RecordingTests() => _ml.Log += (_, e) =>
    {
        if (e.Kind == ChannelMessageKind.Warning)
            _warnings.Add(e.RawMessage);
    };

    public static IEnumerable<object[]> Methods => MethodNames.OptionTypes.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Fit_RecordMismatch_RecordsItWhereThereIsAnAuxiliaryObjectiveAndWarnsElsewhere(string method)
    {
        using var model = Train(method, o => o.RecordMismatch = true);
        var recorded = model.History.BestRun.Epochs.Where(e => e.Mismatch is not null).ToArray();
        if (!WithAuxiliary.Contains(method))
        {
            Assert.IsEmpty(recorded);
            StringAssert.Contains(_warnings.Single(w => w.Contains("RecordMismatch", StringComparison.Ordinal)), method);
            return;
        }

        // DEPICT has both objectives while it learns the first clusters too.
        Assert.HasCount(method == "Depict" ? 4 : 2, recorded);
        foreach (var epoch in recorded)
        {
            Assert.IsTrue(epoch.Phase is "clustering" or "initialization", epoch.Phase);
            Assert.IsInRange(-1.0, 1.0, epoch.Mismatch!.FeatureDrift);
            Assert.AreEqual((1 - epoch.Mismatch!.FeatureDrift) / 2, epoch.Mismatch!.ObjectiveFunctionMismatch);
            Assert.IsGreaterThan(0.0, epoch.Mismatch!.AuxiliaryLoss);
        }

        Assert.AreNotEqual(recorded[0].Mismatch, recorded[1].Mismatch);
    }

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Fit_Recording_ChangesNothingOfTheTraining(string method)
    {
        using var plain = Train(method, _ => { });
        using var recorded = Train(method, o => (o.RecordMismatch, o.RecordPerformance, o.LabelColumnName) = (true, true, "Label"));
        CollectionAssert.AreEqual(Weights(plain), Weights(recorded));
    }

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Fit_RecordPerformance_MeasuresEveryEpochThatHasClusters(string method)
    {
        using var model = Train(method, o => (o.RecordPerformance, o.LabelColumnName) = (true, "Label"));
        foreach (var epoch in model.History.BestRun.Epochs)
        {
            if (epoch.Phase == "pretraining")
                Assert.IsNull(epoch.Performance);
            else
                CollectionAssert.AreEquivalent(Enum.GetValues<PerformanceMeasure>(), epoch.Performance!.Keys.ToArray());
        }
    }

    [TestMethod]
    public void Fit_RecordPerformance_LastEpochIsWhatTheModelIsEvaluatedTo()
    {
        // Without a best epoch to go back to, the model is that of the last.
        using var model = Train("Idec", o => (o.RecordPerformance, o.LabelColumnName) = (true, "Label"));
        var metrics = _ml.Clustering.EvaluateDeepClustering(model.Transform(View()), "Label");
        var last = model.History.BestRun.Epochs[^1].Performance!;
        Assert.AreEqual(metrics.Accuracy, last[PerformanceMeasure.Accuracy]);
        Assert.AreEqual(metrics.NormalizedMutualInformation, last[PerformanceMeasure.NormalizedMutualInformation]);
        Assert.AreEqual(metrics.AdjustedRandIndex, last[PerformanceMeasure.AdjustedRandIndex]);
        Assert.AreEqual(metrics.Silhouette, last[PerformanceMeasure.Silhouette], 1e-5);
        Assert.AreEqual(metrics.DaviesBouldinIndex, last[PerformanceMeasure.DaviesBouldin], 1e-5);
        Assert.AreEqual(metrics.CalinskiHarabaszIndex, last[PerformanceMeasure.CalinskiHarabasz], 1e-4 * metrics.CalinskiHarabaszIndex);
    }

    [TestMethod]
    public void Fit_RecordPerformanceWithoutLabels_RecordsWhatNeedsNone()
    {
        using var model = Train("Ddc", o => o.RecordPerformance = true);
        CollectionAssert.AreEquivalent(
            new[] { PerformanceMeasure.Silhouette, PerformanceMeasure.DaviesBouldin, PerformanceMeasure.CalinskiHarabasz },
            model.History.BestRun.Epochs[0].Performance!.Keys.ToArray());
    }

    [TestMethod]
    public void Fit_SomeLabelsMissing_AreLeftOut()
    {
        var rows = TestRows.Make(60);
        foreach (var row in rows.Take(20))
            row.Label = float.NaN;
        using var all = Train("Ddc", o => (o.RecordPerformance, o.LabelColumnName) = (true, "Label"), rows);
        var metrics = _ml.Clustering.EvaluateDeepClustering(all.Transform(TestRows.View(_ml, rows, images: true)), "Label");
        Assert.AreEqual(40, metrics.ComparedRowCount);
        Assert.AreEqual(metrics.Accuracy, all.History.BestRun.Epochs[all.History.BestRun.BestEpoch - 1].Performance![PerformanceMeasure.Accuracy]);
    }

    [TestMethod]
    public void Fit_LabelColumnThatIsNotThere_IsAnErrorBeforeAnyTraining()
    {
        var epochs = 0;
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Train("Ddc", o =>
        {
            (o.RecordPerformance, o.LabelColumnName) = (true, "Class");
            o.Progress = new Reporter(_ => epochs++);
        }));
        StringAssert.Contains(error.Message, "'Class'");
        Assert.AreEqual(0, epochs);
    }

    [TestMethod]
    public void Save_RecordedHistory_IsThereAfterLoading()
    {
        using var model = Train("DdcUco", o => (o.RecordMismatch, o.RecordPerformance, o.LabelColumnName) = (true, true, "Label"));
        using var file = new MemoryStream();
        _ml.Model.Save(model, null, file);
        file.Position = 0;
        using var loaded = (DeepClusteringTransformer)new MLContext().Model.Load(file, out _);
        var (before, after) = (model.History.BestRun.Epochs[1], loaded.History.BestRun.Epochs[1]);
        Assert.AreEqual(before.Mismatch, after.Mismatch);
        CollectionAssert.AreEquivalent(before.Performance!.ToArray(), after.Performance!.ToArray());
    }

    [TestMethod]
    public void Fit_OneBatch_DriftIsThatOfTheGradientsTakenOneByOne()
    {
        // Steps of almost nothing: the weights of the model are those that the drift was taken at.
        using var model = Train("DdcUco", o =>
        {
            (o.RecordMismatch, o.LearningRate, o.BatchSize) = (true, 1e-20, Rows);
            o.NumberOfEpochs = 1;
        });
        using var scope = NewDisposeScope();
        var method = (DdcFamilyMethod)model.Trained.Method;
        method.train();
        var terms = method.Loss(model.Trained.Options.PreparationFor(model.Trained.Shape).Apply(Features()));
        double dot = 0, first = 0, second = 0;
        foreach (var parameter in method.EncoderParameters.ToArray())
        {
            var clustering = Gradient(terms.Items.Where(t => !t.Name.StartsWith("companion", StringComparison.Ordinal)), parameter);
            var companion = Gradient(terms.Items.Where(t => t.Name.StartsWith("companion", StringComparison.Ordinal)), parameter);
            dot += clustering.Zip(companion, (a, b) => a * b).Sum();
            first += clustering.Sum(a => a * a);
            second += companion.Sum(b => b * b);
        }

        var epoch = model.History.BestRun.Epochs[0];
        Assert.AreEqual(dot / Math.Sqrt(first * second), epoch.Mismatch!.FeatureDrift, 1e-4);
        Assert.AreEqual((epoch.Losses["companion/1"] + epoch.Losses["companion/2"]) / 0.01, epoch.Mismatch!.AuxiliaryLoss, 1e-5);
    }

    private static double[] Gradient(IEnumerable<(string Name, Tensor Value)> terms, Tensor parameter)
    {
        var total = new double[parameter.numel()];
        foreach (var (_, value) in terms)
        {
            var gradient = TestTensors.Values(autograd.grad(new[] { value }, new[] { parameter }, null, true)[0]);
            for (var i = 0; i < total.Length; i++)
                total[i] += gradient[i];
        }

        return total;
    }

    private static Tensor Features()
        => tensor(TestRows.Make(Rows).SelectMany(r => r.Features).ToArray(), Rows, 1, TestRows.Side, TestRows.Side);

    private static byte[] Weights(DeepClusteringTransformer model) => SafeTensors.Write(model.Trained.Method.state_dict());

    private IDataView View() => TestRows.View(_ml, TestRows.Make(Rows), images: true);

    private DeepClusteringTransformer Train(string method, Action<DeepClusteringOptions> change, TestRow[]? rows = null)
    {
        var options = TestMethods.Options(method);
        change(options);
        return TestMethods.Trainer(_ml, options).Fit(rows is null ? View() : TestRows.View(_ml, rows, images: true));
    }
}
