using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Internals;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Persistence;
using Microsoft.ML.DeepClustering.Tests.Support;
using VectorKind = Microsoft.ML.SchemaShape.Column.VectorKind;

namespace Microsoft.ML.DeepClustering.Tests.Estimators;

/// <summary>What holds for every trainer, whatever its method.</summary>
[TestClass]
public sealed class TrainerContractTests
{
    private static readonly ContractModels Models = new();

    public static IEnumerable<object[]> Methods => TestMethods.All;

    [ClassCleanup]
    public static void Free() => Models.Dispose();

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void GetOutputSchema_BeforeAndAfterFit_Agree(string method, bool images)
    {
        var view = Models.View(images);
        var promised = TestMethods.Trainer(Models.Ml, method).GetOutputSchema(new SchemaShape(
        [
            MachineLearningInternals.Column("Features", VectorKind.Vector, NumberDataViewType.Single, false),
            MachineLearningInternals.Column("Label", VectorKind.Scalar, NumberDataViewType.Single, false),
            MachineLearningInternals.Column("Name", VectorKind.Scalar, TextDataViewType.Instance, false),
        ]));
        var model = Models.Model(method, images);
        var given = model.GetOutputSchema(view.Schema);

        CollectionAssert.AreEqual(
            new[] { "Features", "Label", "Name", "PredictedLabel", "Score", "Probability", "Embedding" }, given.Select(c => c.Name).ToArray());
        CollectionAssert.AreEquivalent(
            given.Select(c => Describe(c.Name, c.Type)).ToArray(),
            promised.Select(c => (c.Name, c.Kind, c.ItemType.RawType, c.IsKey)).ToArray());
        Assert.AreEqual(given.ToString(), model.Transform(view).Schema.ToString());
        Assert.AreEqual(new KeyDataViewType(typeof(uint), TestRows.Clusters), given["PredictedLabel"].Type);
        Assert.AreEqual(TestRows.Clusters, ((VectorDataViewType)given["Score"].Type).Size);
        Assert.AreEqual(model.EmbeddingSize, ((VectorDataViewType)given["Embedding"].Type).Size);
    }

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Transform_TrainedModel_GivesConsistentColumns(string method, bool images)
    {
        var model = Models.Model(method, images);
        var scored = Models.Scored(method, images);

        Assert.HasCount(60, scored);
        foreach (var (row, source) in scored.Zip(Models.Rows))
        {
            Assert.AreEqual(source.Name, row.Name);
            CollectionAssert.AreEqual(source.Features, row.Features);
            Assert.IsTrue(row.PredictedLabel is >= 1 and <= TestRows.Clusters, $"label {row.PredictedLabel}");
            Assert.AreEqual(row.Score.Min(), row.Score[row.PredictedLabel - 1]);
            // Logarithms of densities have any sign.
            Assert.IsTrue(row.Score.All(s => (s >= 0 || method == "Vade") && float.IsFinite(s)));
            Assert.AreEqual(1, row.Probability.Sum(), 1e-5);
            Assert.AreEqual(row.Probability.Max(), row.Probability[row.PredictedLabel - 1], 1e-6);
            Assert.HasCount(model.EmbeddingSize, row.Embedding);
        }

        var metrics = Models.Ml.Clustering.Evaluate(model.Transform(Models.View(images)), labelColumnName: "Label");
        var average = scored.Average(r => r.Score.Min());
        Assert.AreEqual(average, metrics.AverageDistance, 1e-5 + 1e-6 * Math.Abs(average));
    }

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Fit_SameSeed_GivesTheSameModelBitForBit(string method, bool images)
    {
        using var again = TestMethods.Trainer(new MLContext(seed: 2), method).Fit(Models.View(images));
        CollectionAssert.AreEqual(Weights(Models.Model(method, images)), Weights(again));
    }

    [TestMethod]
    [DataRow("DdcUco", true)]
    [DataRow("Idec", true)]
    [DataRow("DeepKMeans", false)]
    public void Fit_SameSeedWithTwoThreads_GivesTheSameModelBitForBit(string method, bool images)
    {
        var options = TestMethods.Options(method);
        options.NumberOfThreads = 2;
        var trainer = TestMethods.Trainer(Models.Ml, options);
        var view = TestRows.View(Models.Ml, TestRows.Make(26), images);
        using var first = trainer.Fit(view);
        using var second = trainer.Fit(view);
        CollectionAssert.AreEqual(Weights(first), Weights(second));
    }

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Fit_SeedOfTheContext_DecidesWhenTheOptionsHaveNone(string method, bool images)
    {
        var view = TestRows.View(new MLContext(), TestRows.Make(40), images);
        CollectionAssert.AreEqual(Weights(1), Weights(1));
        CollectionAssert.AreNotEqual(Weights(1), Weights(2));

        byte[] Weights(int seed)
        {
            var ml = new MLContext(seed);
            var options = TestMethods.Options(method);
            options.Seed = null;
            using var model = TestMethods.Trainer(ml, options).Fit(view);
            return TrainerContractTests.Weights(model);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Predict_RowByRow_EqualsBatchScoring(string method, bool images)
    {
        var schema = TestRows.Schema(images ? [1, TestRows.Side, TestRows.Side] : [Models.Rows[0].Features.Length]);
        using var engine = Models.Ml.Model.CreatePredictionEngine<TestRow, ScoredTestRow>(
            Models.Model(method, images), new PredictionEngineOptions { OwnsTransformer = false, InputSchemaDefinition = schema });
        foreach (var (row, expected) in Models.Rows.Zip(Models.Scored(method, images)))
        {
            var one = engine.Predict(row);
            Assert.AreEqual(expected.PredictedLabel, one.PredictedLabel);
            Assert.AreEqual(expected.Name, one.Name);
            AreClose(expected.Score, one.Score);
            AreClose(expected.Probability, one.Probability);
            AreClose(expected.Embedding, one.Embedding);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Save_LoadedInAFreshProcess_ScoresBitForBit(string method, bool images)
    {
        var expected = Models.Scored(method, images)
            .SelectMany(s => new[] { (float)s.PredictedLabel }.Concat(s.Score).Concat(s.Probability).Concat(s.Embedding)).ToArray();
        CollectionAssert.AreEqual(MemoryMarshal.AsBytes(expected.AsSpan()).ToArray(), Models.ScoredElsewhere(method, images));
    }

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Fit_CallersOptions_AreNotChanged(string method, bool images)
    {
        var options = TestMethods.Options(method);
        var before = JsonSerializer.Serialize(options, options.GetType());
        var trainer = TestMethods.Trainer(Models.Ml, options);
        // Too late for the trainer, which has a copy.
        options.NumberOfClusters = 2;
        using var model = trainer.Fit(TestRows.View(Models.Ml, TestRows.Make(20), images));
        Assert.AreEqual(TestRows.Clusters, model.NumberOfClusters);
        options.NumberOfClusters = TestRows.Clusters;
        Assert.AreEqual(before, JsonSerializer.Serialize(options, options.GetType()));
    }

    [TestMethod]
    public void Catalog_EveryMethod_HasTwoOverloads()
    {
        foreach (var (name, options) in MethodNames.OptionTypes)
        {
            var overloads = typeof(DeepClusteringOptions).Assembly.GetExportedTypes()
                .Where(t => t.Namespace == "Microsoft.ML").SelectMany(t => t.GetMethods()).Where(m => m.Name == name).ToArray();
            Assert.HasCount(2, overloads, name);
            Assert.IsTrue(overloads.Any(m => m.GetParameters()[1].ParameterType == options), name);
            Assert.IsTrue(overloads.Any(m => m.GetParameters()[1].Name == "featureColumnName" && m.GetParameters()[2].Name == "numberOfClusters"), name);
        }
    }

    private static byte[] Weights(DeepClusteringTransformer model) => SafeTensors.Write(model.Trained.Method.state_dict());

    private static (string, VectorKind, Type, bool) Describe(string name, DataViewType type) => type switch
    {
        VectorDataViewType vector => (name, VectorKind.Vector, vector.ItemType.RawType, false),
        _ => (name, VectorKind.Scalar, type.RawType, type is KeyDataViewType),
    };

    private static void AreClose(float[] expected, float[] actual)
    {
        Assert.HasCount(expected.Length, actual);
        for (var i = 0; i < expected.Length; i++)
            Assert.AreEqual(expected[i], actual[i], 1e-4f * Math.Max(1, Math.Abs(expected[i])));
    }
}
