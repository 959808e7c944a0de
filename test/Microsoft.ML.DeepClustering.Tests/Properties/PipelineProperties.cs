using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Internals;
using Microsoft.ML.DeepClustering.Persistence;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Properties;

/// <summary>What holds of every schema and every pipeline.</summary>
[TestClass]
public sealed class PipelineProperties
{
    private static readonly PropertyModels Models = new();
    private static readonly string[] All = [.. PropertyModels.OnVectors, .. PropertyModels.OnImages];

    [ClassCleanup]
    public static void Free() => Models.Dispose();

    [TestMethod]
    public void Schema_OfAnyPipeline_IsTheInputsAndThenTheOutputs() => Holds(All, (drawn, pipeline) =>
    {
        var (input, scored) = (pipeline.Input.Schema, pipeline.Scored.Schema);
        var names = drawn.Outputs.OfType<string>().ToArray();
        Assert.AreEqual(input.Count + names.Length, scored.Count);
        for (var i = 0; i < input.Count; i++)
            Assert.AreEqual((input[i].Name, input[i].Type), (scored[i].Name, scored[i].Type));
        CollectionAssert.AreEqual(names, scored.Skip(input.Count).Select(c => c.Name).ToArray());
        Assert.IsTrue(scored.Skip(input.Count).All(c => !c.IsHidden));
        Assert.AreEqual(scored.ToString(), pipeline.Chain.GetOutputSchema(pipeline.Data.Schema).ToString());
        Assert.AreEqual(scored.ToString(), pipeline.Chain.GetRowToRowMapper(pipeline.Data.Schema).OutputSchema.ToString());
    });

    [TestMethod]
    public void SchemaShape_OfAnyPipeline_PromisesTheRealSchema() => Holds(All, (drawn, pipeline) =>
    {
        var promised = Models.TrainerOf(drawn).GetOutputSchema(new SchemaShape(Visible(pipeline.Input.Schema)));
        CollectionAssert.AreEquivalent(
            Visible(pipeline.Scored.Schema).Select(Describe).ToArray(), promised.Select(Describe).ToArray());
    });

    [TestMethod]
    public void InputColumns_OfAnyPipeline_PassThroughUnchanged() => Holds(All, (_, pipeline) =>
    {
        for (var i = 0; i < pipeline.Input.Schema.Count; i++)
        {
            var (expected, actual) = (ColumnValues.Read(pipeline.Input, i), ColumnValues.Read(pipeline.Scored, i));
            AssertRows(expected, actual, ColumnValues.AreEqual);
        }
    });

    [TestMethod]
    public void Scores_OfAnyPipeline_AreThoseOfTheFeaturesAlone() => Holds(All, (drawn, pipeline) =>
    {
        var features = ColumnValues.Read(pipeline.Input, pipeline.Input.Schema[drawn.FeatureColumnName].Index).Cast<float[]>().ToArray();
        if (features.Length == 0)
        {
            Assert.IsEmpty(pipeline.Outputs(pipeline.Chain, pipeline.Data));
            return;
        }

        var plain = TestRows.Scored(new MLContext(), Models.Trained(drawn.Method).Transform(
            TestVectors.View(new MLContext(), features, PropertyModels.Dimensions(drawn.Method))));
        AssertRows(
            plain.Select(row => new object[] { row.PredictedLabel, row.Score, row.Probability, row.Embedding }.Where((_, i) => drawn.Outputs[i] != null).ToArray()).ToArray(),
            pipeline.Outputs(pipeline.Chain, pipeline.Data));
    });

    [TestMethod]
    public void Predictions_OfAnyPipeline_AreTheScoresOfItsCursors() => Holds(All, (_, pipeline) => AssertRows(
        pipeline.Outputs(pipeline.Chain, pipeline.Data),
        pipeline.Predictions(pipeline.RowNumbers.Select(i => pipeline.Rows[i]))));

    [TestMethod]
    public void Rows_ScoredEachAlone_HaveTheScoresOfTheWhole() => Holds(All, (_, pipeline) => AssertRows(
        pipeline.Outputs(pipeline.Chain, pipeline.Data),
        pipeline.RowNumbers.Select(i => pipeline.Outputs(pipeline.Chain, pipeline.View([pipeline.Rows[i]])).Single()).ToArray()));

    [TestMethod]
    public void Rows_Permuted_HaveTheirScoresPermuted() => Holds(All, (drawn, pipeline) =>
    {
        var order = Enumerable.Range(0, pipeline.Rows.Length).ToArray();
        new Random(drawn.Seed).Shuffle(order);
        var scores = pipeline.Outputs(pipeline.Chain, pipeline.View(pipeline.Rows));
        var permuted = pipeline.Outputs(pipeline.Chain, pipeline.View(Array.ConvertAll(order, i => pipeline.Rows[i])));
        AssertRows(Array.ConvertAll(order, i => scores[i]), permuted);
    });

    [TestMethod]
    public void Columns_AnySubsetOfThem_HaveTheValuesOfAll() => Holds(All, (drawn, pipeline) =>
    {
        var random = new Random(drawn.Seed);
        var all = Enumerable.Range(0, pipeline.Scored.Schema.Count).ToArray();
        var some = all.Where(_ => random.Next(2) == 0).DefaultIfEmpty(all[^1]).ToArray();
        var (expected, actual) = (ColumnValues.Read(pipeline.Scored, all), ColumnValues.Read(pipeline.Scored, some));
        for (var i = 0; i < some.Length; i++)
            AssertRows(expected[some[i]], actual[i], ColumnValues.AreEqual);
    });

    [TestMethod]
    public void Scores_AfterSaveAndLoad_AreTheSame() => Holds([.. PropertyModels.OnImages], (_, pipeline) =>
    {
        var loaded = pipeline.SavedAndLoaded(out var schema);
        using (loaded as IDisposable)
        {
            Assert.AreEqual(pipeline.Data.Schema.ToString(), schema.ToString());
            Assert.AreEqual(pipeline.Scored.Schema.ToString(), loaded.GetOutputSchema(schema).ToString());
            var (expected, actual) = (pipeline.Outputs(pipeline.Chain, pipeline.Data), pipeline.Outputs(loaded, pipeline.Data));
            AssertRows(expected, actual, (a, b) => a.Zip(b).All(p => ColumnValues.AreEqual(p.First, p.Second)));
        }
    });

    [TestMethod]
    [TestCategory("Slow")]
    public void Fit_OnAnyPipeline_DependsOnTheFeaturesAlone() => Holds(["Ddc", "AutoencoderKMeans"], (drawn, pipeline) =>
    {
        var features = ColumnValues.Read(pipeline.Input, pipeline.Input.Schema[drawn.FeatureColumnName].Index).Cast<float[]>().ToArray();
        var trainer = Models.TrainerOf(drawn);
        if (features.Length < TestRows.Clusters)
        {
            Assert.ThrowsExactly<InvalidOperationException>(() => trainer.Fit(pipeline.Input));
            return;
        }

        var options = TestMethods.Options(drawn.Method);
        options.ScoringBatchSize = drawn.BatchSize;
        var plain = TestMethods.Trainer(new MLContext(), options).Fit(TestVectors.View(new MLContext(), features, PropertyModels.Dimensions(drawn.Method)));
        CollectionAssert.AreEqual(Weights(plain), Weights(trainer.Fit(pipeline.Input)));
    }, count: 40);

    private static byte[] Weights(DeepClusteringTransformer model)
    {
        using (model)
            return SafeTensors.Write(model.Trained.Method.state_dict());
    }

    private static void Holds(string[] models, Action<PipelineCase, DrawnPipeline> property, int count = 100)
        => PropertyCheck.Holds(PipelineCase.Arbitrary(models), drawn => property(drawn, new DrawnPipeline(drawn, Models)), count);

    // Rows of a model's columns.
    private static void AssertRows(object[][] expected, object[][] actual)
        => AssertRows(expected, actual, (a, b) => a.Length == b.Length && a.Zip(b).All(p => ColumnValues.AreClose(p.First, p.Second)));

    private static void AssertRows<T>(T[] expected, T[] actual, Func<T, T, bool> agree)
    {
        Assert.HasCount(expected.Length, actual);
        for (var row = 0; row < expected.Length; row++)
            Assert.IsTrue(agree(expected[row], actual[row]), $"row {row}: {Text(expected[row])} and {Text(actual[row])}");
    }

    private static string Text(object? value) => value switch
    {
        string text => text,
        System.Collections.IEnumerable many => $"({string.Join(", ", many.Cast<object>().Select(Text))})",
        _ => $"{value}",
    };

    private static SchemaShape.Column[] Visible(DataViewSchema schema) => schema.Where(c => !c.IsHidden).Select(column =>
    {
        var vector = column.Type as VectorDataViewType;
        var item = vector?.ItemType ?? column.Type;
        var kind = vector is null ? SchemaShape.Column.VectorKind.Scalar
            : vector.IsKnownSize ? SchemaShape.Column.VectorKind.Vector : SchemaShape.Column.VectorKind.VariableVector;
        return MachineLearningInternals.Column(column.Name, kind, item is KeyDataViewType ? NumberDataViewType.UInt32 : item, item is KeyDataViewType);
    }).ToArray();

    private static (string, SchemaShape.Column.VectorKind, DataViewType, bool) Describe(SchemaShape.Column column)
        => (column.Name, column.Kind, column.ItemType, column.IsKey);
}
