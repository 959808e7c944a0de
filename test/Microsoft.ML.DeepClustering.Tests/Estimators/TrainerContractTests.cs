using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Persistence;
using Microsoft.ML.DeepClustering.Tests.Support;
using VectorKind = Microsoft.ML.SchemaShape.Column.VectorKind;

namespace Microsoft.ML.DeepClustering.Tests.Estimators;

/// <summary>What holds for every trainer, whatever its method.</summary>
[TestClass]
public sealed class TrainerContractTests
{
    public static IEnumerable<object[]> Methods => TestMethods.All;

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void GetOutputSchema_BeforeAndAfterFit_Agree(string method, bool images)
    {
        var ml = new MLContext(seed: 1);
        var view = TestRows.View(ml, TestRows.Make(60), images);
        var trainer = TestMethods.Trainer(ml, method);
        var promised = trainer.GetOutputSchema(new SchemaShape(
        [
            MachineLearningInternals.Column("Features", VectorKind.Vector, NumberDataViewType.Single, false),
            MachineLearningInternals.Column("Label", VectorKind.Scalar, NumberDataViewType.Single, false),
            MachineLearningInternals.Column("Name", VectorKind.Scalar, TextDataViewType.Instance, false),
        ]));
        using var model = trainer.Fit(view);
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
        var ml = new MLContext(seed: 1);
        var rows = TestRows.Make(60);
        var view = TestRows.View(ml, rows, images);
        using var model = TestMethods.Trainer(ml, method).Fit(view);
        var scored = TestRows.Scored(ml, model.Transform(view));

        Assert.HasCount(60, scored);
        foreach (var (row, source) in scored.Zip(rows))
        {
            Assert.AreEqual(source.Name, row.Name);
            CollectionAssert.AreEqual(source.Features, row.Features);
            Assert.IsTrue(row.PredictedLabel is >= 1 and <= TestRows.Clusters, $"label {row.PredictedLabel}");
            Assert.AreEqual(row.Score.Min(), row.Score[row.PredictedLabel - 1]);
            Assert.IsTrue(row.Score.All(s => s >= 0 && float.IsFinite(s)));
            Assert.AreEqual(1, row.Probability.Sum(), 1e-5);
            Assert.AreEqual(row.Probability.Max(), row.Probability[row.PredictedLabel - 1], 1e-6);
            Assert.HasCount(model.EmbeddingSize, row.Embedding);
        }

        var metrics = ml.Clustering.Evaluate(model.Transform(view), labelColumnName: "Label");
        Assert.AreEqual(scored.Average(r => r.Score.Min()), metrics.AverageDistance, 1e-5);
    }

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Fit_SameSeed_GivesTheSameModelBitForBit(string method, bool images)
    {
        var view = TestRows.View(new MLContext(), TestRows.Make(60), images);
        var (first, second) = (Weights(new MLContext(seed: 1)), Weights(new MLContext(seed: 2)));
        CollectionAssert.AreEqual(first, second);

        byte[] Weights(MLContext ml)
        {
            using var model = TestMethods.Trainer(ml, method).Fit(view);
            return SafeTensors.Write(model.Model.Method.state_dict());
        }
    }

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Fit_SeedOfTheContext_DecidesWhenTheOptionsHaveNone(string method, bool images)
    {
        var view = TestRows.View(new MLContext(), TestRows.Make(60), images);
        CollectionAssert.AreEqual(Weights(1), Weights(1));
        CollectionAssert.AreNotEqual(Weights(1), Weights(2));

        byte[] Weights(int seed)
        {
            var ml = new MLContext(seed);
            var options = TestMethods.Options(method);
            options.Seed = null;
            using var model = TestMethods.Trainer(ml, options).Fit(view);
            return SafeTensors.Write(model.Model.Method.state_dict());
        }
    }

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Predict_RowByRow_EqualsBatchScoring(string method, bool images)
    {
        var ml = new MLContext(seed: 1);
        var rows = TestRows.Make(60);
        var view = TestRows.View(ml, rows, images);
        var model = TestMethods.Trainer(ml, method).Fit(view);
        var scored = TestRows.Scored(ml, model.Transform(view));
        using var engine = ml.Model.CreatePredictionEngine<TestRow, ScoredTestRow>(
            model, inputSchemaDefinition: TestRows.Schema(images ? [1, TestRows.Side, TestRows.Side] : [rows[0].Features.Length]));
        foreach (var (row, expected) in rows.Zip(scored))
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
        var ml = new MLContext(seed: 1);
        var rows = TestRows.Make(60);
        var view = TestRows.View(ml, rows, images);
        using var model = TestMethods.Trainer(ml, method).Fit(view);
        var folder = Directory.CreateTempSubdirectory("deep-clustering-");
        try
        {
            string File(string name) => Path.Combine(folder.FullName, name);
            ml.Model.SaveAtomically(model, view.Schema, File("model.zip"));
            var features = rows.SelectMany(r => r.Features).ToArray();
            System.IO.File.WriteAllBytes(File("features"), MemoryMarshal.AsBytes(features.AsSpan()).ToArray());
            RunScorer(File("model.zip"), File("features"), rows[0].Features.Length.ToString(), File("result"));
            var expected = TestRows.Scored(ml, model.Transform(view))
                .SelectMany(s => new[] { (float)s.PredictedLabel }.Concat(s.Score).Concat(s.Probability).Concat(s.Embedding)).ToArray();
            CollectionAssert.AreEqual(MemoryMarshal.AsBytes(expected.AsSpan()).ToArray(), System.IO.File.ReadAllBytes(File("result")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Fit_CallersOptions_AreNotChanged(string method, bool images)
    {
        var ml = new MLContext(seed: 1);
        var options = TestMethods.Options(method);
        var before = System.Text.Json.JsonSerializer.Serialize(options, options.GetType());
        var trainer = TestMethods.Trainer(ml, options);
        using var model = trainer.Fit(TestRows.View(ml, TestRows.Make(60), images));
        Assert.AreEqual(before, System.Text.Json.JsonSerializer.Serialize(options, options.GetType()));
        options.NumberOfClusters = 2;
        using var again = trainer.Fit(TestRows.View(ml, TestRows.Make(60), images));
        Assert.AreEqual(TestRows.Clusters, again.NumberOfClusters);
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

    private static void RunScorer(params string[] arguments)
    {
        var scorer = typeof(TrainerContractTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Scorer").Value!;
        using var process = Process.Start(new ProcessStartInfo("dotnet", [scorer, .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var error = process.StandardError.ReadToEnd() + process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, error);
    }

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
