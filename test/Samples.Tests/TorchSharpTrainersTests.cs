using Microsoft.ML.Data;
using Microsoft.ML.TorchSharp;
using Microsoft.ML.TorchSharp.NasBert.Models;
using TorchSharp;

namespace Samples.Tests;

/// <summary>
/// ML.NET's own trainers on TorchSharp (package Microsoft.ML.TorchSharp) and ours in one program, on one TorchSharp. Their training itself
/// is left out: it fetches weights from the network.
/// </summary>
[TestClass]
public sealed class TorchSharpTrainersTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Fit_BesideATrainerOfTheTorchSharpPackage_GivesTheSameScores()
    {
        var before = Scores();
        IEstimator<ITransformer> classifier = _ml.MulticlassClassification.Trainers.TextClassification(labelColumnName: "Label", sentence1ColumnName: "Text");
        CollectionAssert.AreEqual(before, Scores());
        Assert.AreEqual(typeof(NasBertEncoder).Assembly, classifier.GetType().Assembly);
    }

    [TestMethod]
    public void Fit_WhileANetworkOfTheTorchSharpPackageLives_DisturbsNeither()
    {
        var before = Scores();
        // Its own Dispose fails without segments.
        var encoder = new NasBertEncoder(paddingIdx: 1, vocabSize: 50, embedSize: 8, arches: [9, 11, 7, 0], numSegments: 0, numEncoderLayers: 4, maxSeqLen: 16);
        var weights = encoder.parameters().Select(p => p.sum().item<float>()).ToArray();
        CollectionAssert.AreEqual(before, Scores());
        CollectionAssert.AreEqual(weights, encoder.parameters().Select(p => p.sum().item<float>()).ToArray());
        using var stream = new MemoryStream();
        encoder.save(stream);
        Assert.IsNotEmpty(stream.ToArray());
        Assert.HasCount(1, AppDomain.CurrentDomain.GetAssemblies().Where(a => a.GetName().Name == "TorchSharp"));
        Assert.AreEqual(typeof(torch).Assembly, typeof(NasBertEncoder).BaseType!.BaseType!.Assembly);
    }

    [TestMethod]
    public void Library_DoesNotReferToTheTorchSharpPackage()
        => Assert.IsFalse(typeof(DeepClusteringTrainer).Assembly.GetReferencedAssemblies().Any(a => a.Name == "Microsoft.ML.TorchSharp"));

    private float[] Scores()
    {
        var rows = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(i => new Row { Features = [i % 3 + 0.01f * (i % 7), i % 3] }));
        var options = new DecOptions { NumberOfClusters = 3, PretrainingEpochs = 2, NumberOfEpochs = 2, BatchSize = 20, Seed = 1 };
        using var model = _ml.Clustering.Trainers.Dec(options).Fit(rows);
        return model.Transform(rows).GetColumn<float[]>("Score").SelectMany(s => s).ToArray();
    }

    private sealed class Row
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];
    }
}
