using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.DeepClustering.Tests.Estimators;

/// <summary>Errors and warnings name what is the cause, and what would help.</summary>
[TestClass]
public sealed class NamedCauseTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly List<string> _warnings = [];

    [TestInitialize]
    public void Listen() => _ml.Log += (_, e) =>
    {
        if (e.Kind == ChannelMessageKind.Warning)
            _warnings.Add(e.Message);
    };

    [TestMethod]
    [DataRow(1e-4, 1e30, "PretrainingLearningRate is 1E+30; lower it")]
    [DataRow(1e-9, 1e30, "PretrainingLearningRate is 1E+30; lower it")]
    [DataRow(1e30, null, ". LearningRate is 1E+30; lower it")]
    public void Fit_PretrainingDiverges_NamesTheRateOfPretraining(double rate, double? pretraining, string named)
    {
        var options = new IdecOptions { NumberOfClusters = 3, PretrainingEpochs = 3, NumberOfEpochs = 1, BatchSize = 20, LearningRate = rate, PretrainingLearningRate = pretraining, Seed = 1 };
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => _ml.Clustering.Trainers.Idec(options).Fit(View(60)));
        StringAssert.Contains(error.Message, "of pretraining");
        StringAssert.Contains(error.Message, named);
    }

    [TestMethod]
    public void Fit_FirstEpochAfterPretrainingDiverges_NamesTheRateOfThatPhase()
    {
        var options = new IdecOptions { NumberOfClusters = 3, PretrainingEpochs = 3, NumberOfEpochs = 1, BatchSize = 20, LearningRate = 1e30, PretrainingLearningRate = 1e-3, Seed = 1 };
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => _ml.Clustering.Trainers.Idec(options).Fit(View(60)));
        StringAssert.Contains(error.Message, "of clustering");
        StringAssert.Contains(error.Message, ". LearningRate is 1E+30; lower it");
    }

    [TestMethod]
    public void Fit_ClusteringDiverges_NamesTheRateOfClustering()
    {
        var options = new DdcOptions { NumberOfClusters = 3, NumberOfEpochs = 1, BatchSize = 20, LearningRate = 1e30 };
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => _ml.Clustering.Trainers.Ddc(options).Fit(View(60)));
        StringAssert.Contains(error.Message, ". LearningRate is 1E+30; lower it");
    }

    [TestMethod]
    [DataRow(1, "The data have 1 distinct row, fewer than the 3 clusters: there is nothing to tell apart")]
    [DataRow(2, "The data have 2 distinct rows, fewer than the 3 clusters: lower NumberOfClusters to 2")]
    public void Fit_FewDistinctRows_AreSaidToBeTheCause(int distinct, string said)
    {
        var rows = Enumerable.Range(0, 40).Select(i => new TestRow { Features = [i % distinct, 1, -1] }).ToArray();
        using var model = Trainer().Fit(_ml.Data.LoadFromEnumerable(rows, TestRows.Schema(3)));
        Assert.IsTrue(_warnings.Exists(w => w.Contains(said, StringComparison.Ordinal)), string.Join('\n', _warnings));
    }

    [TestMethod]
    public void Fit_TextWithoutAnyWord_SaysThatTheVocabularyIsEmpty()
    {
        var texts = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20).Select(_ => new Text { Words = "the of and" }).ToArray());
        var featurizer = _ml.Transforms.Text.NormalizeText("Normal", nameof(Text.Words))
            .Append(_ml.Transforms.Text.TokenizeIntoWords("Tokens", "Normal"))
            .Append(_ml.Transforms.Text.RemoveDefaultStopWords("Kept", "Tokens"))
            .Append(_ml.Transforms.Conversion.MapValueToKey("Kept"))
            .Append(_ml.Transforms.Text.ProduceNgrams("Features", "Kept"));
        var view = featurizer.Fit(texts).Transform(texts);
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Trainer().Fit(view));
        StringAssert.Contains(error.Message, "'Features' is Vector");
        StringAssert.Contains(error.Message, "its vocabulary is empty");
    }

    [TestMethod]
    [DataRow(127.5f, true)]
    [DataRow(1f, false)]
    public void Fit_ValuesFarFromOne_AreWarnedOfOnceWithTheRemedy(float scale, bool warned)
    {
        using var model = Trainer().Fit(View(40, scale));
        var found = _warnings.Where(w => w.Contains("NormalizeMinMax", StringComparison.Ordinal) && w.Contains("made for about [-1, 1]", StringComparison.Ordinal)).ToArray();
        Assert.HasCount(warned ? 1 : 0, found, string.Join('\n', _warnings));
        if (warned)
            StringAssert.Contains(found[0], "column 'Features' reach 14");
    }

    [TestMethod]
    [DataRow(new[] { 24, 24, 2 }, "ImageShape(2, 24, 24, Interleaved: true)")]
    [DataRow(new[] { 24, 2, 24 }, "ImageShape(24, 2, 24)")]
    public void Fit_ImageOfAmbiguousLayout_AsksForImageShape(int[] dimensions, string named)
    {
        var view = _ml.Data.LoadFromEnumerable(TestRows.Make(20, 1152), TestRows.Schema(dimensions));
        var error = Assert.ThrowsExactly<ArgumentException>(() => Trainer().Fit(view));
        StringAssert.Contains(error.Message, "set ImageShape");
        StringAssert.Contains(error.Message, named);
        using var model = Trainer(dimensions[2] == 2 ? new ImageShape(2, 24, 24, Interleaved: true) : new ImageShape(24, 2, 24)).Fit(view);
    }

    [TestMethod]
    public void Fit_TwoPlanarChannels_AreTakenAsSuch()
    {
        using var model = Trainer().Fit(_ml.Data.LoadFromEnumerable(TestRows.Make(20, 1152), TestRows.Schema(2, 24, 24)));
        Assert.AreEqual(new ImageShape(2, 24, 24), model.Trained.Options.ImageShape);
    }

    private DeepClusteringTrainer Trainer(ImageShape? image = null) => _ml.Clustering.Trainers.AutoencoderKMeans(
        new AutoencoderKMeansOptions { NumberOfClusters = 3, PretrainingEpochs = 1, BatchSize = 20, Seed = 1, ImageShape = image });

    private IDataView View(int rows, float scale = 1) => _ml.Data.LoadFromEnumerable(
        TestRows.Make(rows, size: 30).Select(r => new TestRow { Features = r.Features.Select(v => scale * v).ToArray() }).ToArray(), TestRows.Schema(30));

    private sealed class Text
    {
        public string Words { get; set; } = "";
    }
}
