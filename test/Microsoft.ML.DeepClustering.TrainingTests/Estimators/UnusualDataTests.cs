using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Estimators;

/// <summary>Data of an unusual form that are as good as any.</summary>
[TestClass]
public sealed class UnusualDataTests
{
    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Methods => MethodNames.OptionTypes.Keys.Select(name => new object[] { name });

    public static IEnumerable<object[]> MethodsAndLabels => from method in MethodNames.OptionTypes.Keys
                                                            from label in new[] { "Number", "Text", "Key", "NoNumber", "NoText", "NoKey" }
                                                            select new object[] { method, label };

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void FitAndTransform_SparseVectors_EqualDenseOnes(string method)
    {
        var dense = TestVectors.Make(13, 8).Select(row => row.Select((v, j) => j % 3 == 0 ? v : 0).ToArray()).ToArray();
        var sparse = dense.Select(row => new SparseRow { Features = Sparse(row) }).ToArray();
        Assert.IsFalse(sparse[0].Features.IsDense);
        using var ofDense = Trainer(method).Fit(TestVectors.View(_ml, dense, 8));
        using var ofSparse = Trainer(method).Fit(SparseRow.View(_ml, sparse, 8));
        var expected = Columns(ofDense.Transform(TestVectors.View(_ml, dense, 8)));
        CollectionAssert.AreEqual(expected, Columns(ofSparse.Transform(SparseRow.View(_ml, sparse, 8))));
        CollectionAssert.AreEqual(expected, Columns(ofDense.Transform(SparseRow.View(_ml, sparse, 8))));
    }

    [TestMethod]
    [TestCategory("Slow")]
    [DynamicData(nameof(Methods))]
    public void Fit_FiftyThousandFeatures_GivesSoundScores(string method)
        => TestVectors.FitAndCheck(_ml, Options(method, epochs: 1), TestVectors.View(_ml, TestVectors.Make(4, 50_000), 50_000));

    [TestMethod]
    [DynamicData(nameof(MethodsAndLabels))]
    public void Fit_MissingLabels_AreLeftOutOfTheMeasures(string method, string label)
    {
        var rows = TestVectors.Make(12, 6).Select((features, i) => new LabelledRow
        {
            Features = features,
            Number = i % 4 == 0 ? float.NaN : i % 3,
            Text = i % 4 == 0 ? "" : $"class {i % 3}",
            Key = KeyMember.Of(i % 4 == 0 ? 0u : (uint)(i % 3 + 1)),
        }).ToArray();
        var options = Options(method);
        (options.RecordPerformance, options.LabelColumnName) = (true, label);
        // AE+KM has clusters after its last epoch only, so there is nothing to measure.
        using var model = TestMethods.Trainer(_ml, options).Fit(_ml.Data.LoadFromEnumerable(rows));
        foreach (var performance in model.History.BestRun.Epochs.Select(e => e.Performance).OfType<IReadOnlyDictionary<PerformanceMeasure, double>>())
        {
            var accuracy = performance[PerformanceMeasure.Accuracy];
            if (label.StartsWith("No", StringComparison.Ordinal))
                Assert.AreEqual(double.NaN, accuracy);
            else
                Assert.IsTrue(accuracy is > 0 and <= 1 && Math.Abs(accuracy * 9 - Math.Round(accuracy * 9)) < 1e-9, $"{accuracy} is not a share of the nine rows with a label");
        }

        Assert.AreEqual(method != "AutoencoderKMeans", model.History.BestRun.Epochs.Any(e => e.Performance != null));
    }

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Fit_FeaturesThatHideOthersOfTheSameName_TakesTheLast(string method)
    {
        var rows = TestVectors.Rows(TestVectors.Make(12, 6));
        var view = _ml.Data.LoadFromEnumerable(rows, TestRows.Schema(6));
        var hiding = _ml.Transforms.Concatenate("Features", "Label", "Label").Fit(view).Transform(view);
        using var model = Trainer(method).Fit(hiding);
        var scored = model.Transform(hiding);
        var scores = scored.GetColumn<float[]>("Score").ToArray();
        // Rows of equal labels have equal features now.
        for (var i = 3; i < rows.Length; i++)
        {
            for (var j = 0; j < TestRows.Clusters; j++)
                Assert.AreEqual(scores[i % 3][j], scores[i][j], 1e-5 + 1e-6 * Math.Abs(scores[i][j]));
        }

        Assert.AreNotEqual(scores[0][0], scores[1][0], 1e-7);
    }

    private static DeepClusteringOptions Options(string method, int epochs = 2)
    {
        var options = TestMethods.Options(method, epochs);
        options.BatchSize = 6;
        return options;
    }

    private DeepClusteringTrainer Trainer(string method) => TestMethods.Trainer(_ml, Options(method));

    private static float[] Columns(IDataView view)
        => view.GetColumn<float[]>("Score").Concat(view.GetColumn<float[]>("Probability")).Concat(view.GetColumn<float[]>("Embedding")).SelectMany(v => v).ToArray();

    private static VBuffer<float> Sparse(float[] row)
    {
        var indices = Enumerable.Range(0, row.Length).Where(j => row[j] != 0).ToArray();
        return new VBuffer<float>(row.Length, indices.Length, Array.ConvertAll(indices, j => row[j]), indices);
    }

    private sealed class LabelledRow
    {
        [VectorType(6)]
        public float[] Features { get; set; } = [];

        public float Number { get; set; }

        public string Text { get; set; } = "";

        [KeyType(3)]
        public uint Key { get; set; }

        public float NoNumber { get; set; } = float.NaN;

        public string NoText { get; set; } = "";

        [KeyType(3)]
        public uint NoKey { get; set; } = KeyMember.Of(0u);
    }
}
