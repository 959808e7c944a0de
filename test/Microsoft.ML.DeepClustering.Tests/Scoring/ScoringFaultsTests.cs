using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Scoring;

/// <summary>Faults of data that come after training: each is an error that names the row or the column, never a NaN or another row's score.</summary>
[TestClass]
public sealed class ScoringFaultsTests
{
    private const int Size = 6;

    private static readonly MLContext Ml = new(seed: 1);
    private static readonly Dictionary<string, DeepClusteringTransformer> Models = MethodNames.OptionTypes.Keys.ToDictionary(name => name, Train);

    public static IEnumerable<object[]> Methods => Models.Keys.Select(name => new object[] { name });

    public static IEnumerable<object[]> MethodsAndValues
        => from method in Models.Keys from value in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity } select new object[] { method, value };

    [ClassCleanup]
    public static void Free()
    {
        foreach (var model in Models.Values)
            model.Dispose();
    }

    [TestMethod]
    [DynamicData(nameof(MethodsAndValues))]
    public void Transform_ValueThatIsNotFinite_NamesRowAndSlot(string method, float value)
    {
        var rows = TestVectors.Make(12, Size);
        rows[7][2] = value;
        var scored = Models[method].Transform(TestVectors.View(Ml, rows, Size));
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => scored.GetColumn<float[]>("Score").Count());
        StringAssert.Contains(error.Message, "Row 7, slot 2 of column 'Features' is " + value.ToString(System.Globalization.CultureInfo.InvariantCulture));
        // Columns that need no scores are there.
        Assert.AreEqual(12, scored.GetColumn<string>("Name").Count());
    }

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Predict_ValueThatIsNotFinite_NamesItAndPredictsTheNextRow(string method)
    {
        using var engine = Engine(method);
        var good = TestVectors.Rows(TestVectors.Make(1, Size))[0];
        var expected = engine.Predict(good);
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => engine.Predict(new TestRow { Features = [0, 0, 0, float.NaN, 0, 0] }));
        StringAssert.Contains(error.Message, "Row 1, slot 3 of column 'Features' is NaN");
        TestVectors.AreEqual(expected, engine.Predict(good));
    }

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Predict_VectorOfAnotherLength_NamesBothLengths(string method)
    {
        using var engine = Engine(method);
        foreach (var length in new[] { 0, 5, 7 })
        {
            // The engine's own row may notice it first, in its own words.
            var error = Assert.Throws<Exception>(() => engine.Predict(new TestRow { Features = new float[length] }));
            StringAssert.Contains(error.Message, $"{length}");
            StringAssert.Contains(error.Message, $"{Size}");
        }
    }

    // The tanh of DEPICT's embedding keeps what is large within -1 and 1.
    public static IEnumerable<object[]> Unbounded => Models.Keys.Where(name => name != "Depict").Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Unbounded))]
    public void Transform_FeaturesBeyondTheNetworksRange_IsAnErrorAndNotNaN(string method)
    {
        var rows = TestVectors.Make(12, Size);
        Array.Fill(rows[7], float.MaxValue);
        var scored = Models[method].Transform(TestVectors.View(Ml, rows, Size));
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => scored.GetColumn<float[]>("Score").Count());
        StringAssert.Contains(error.Message, "scores of row 7");
        StringAssert.Contains(error.Message, "scale the features as in training");
    }

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Transform_ColumnThatDoesNotFit_SaysWhy(string method)
    {
        var model = Models[method];
        Throws("no column 'Features'", Ml.Transforms.SelectColumns("Label").Fit(View()).Transform(View()));
        Throws("'Features' is Single", Ml.Transforms.CopyColumns("Features", "Label").Fit(View()).Transform(View()));
        Throws("'Features' is Vector", Ml.Data.LoadFromEnumerable(TestVectors.Rows(TestVectors.Make(3, Size))));
        Throws("has 5 values, but the model was trained with 6", TestVectors.View(Ml, TestVectors.Make(3, 5), 5));

        void Throws(string part, IDataView view)
        {
            foreach (var action in new Action[] { () => model.Transform(view), () => model.GetOutputSchema(view.Schema), () => ((ITransformer)model).GetRowToRowMapper(view.Schema) })
                StringAssert.Contains(Assert.ThrowsExactly<ArgumentOutOfRangeException>(action).Message, part);
        }
    }

    [TestMethod]
    public void CreatePredictionEngine_ClassWithoutFeatures_SaysWhy()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Ml.Model.CreatePredictionEngine<ScoresOnly, ScoresOnly>(Models["Ddc"], new PredictionEngineOptions { OwnsTransformer = false }));
        StringAssert.Contains(error.Message, "no column 'Features'");
    }

    [TestMethod]
    public void MoveNext_AfterAnError_HasNoMoreRows()
    {
        var rows = TestVectors.Make(12, Size);
        rows[7][2] = float.NaN;
        var scored = Models["Idec"].Transform(TestVectors.View(Ml, rows, Size));
        using var cursor = scored.GetRowCursor([scored.Schema["Score"]]);
        var getter = cursor.GetGetter<VBuffer<float>>(scored.Schema["Score"]);
        for (var i = 0; i < 7; i++)
            Assert.IsTrue(cursor.MoveNext());
        Assert.ThrowsExactly<InvalidOperationException>(() => cursor.MoveNext());
        Assert.IsFalse(cursor.MoveNext());
        VBuffer<float> value = default;
        Assert.ThrowsExactly<InvalidOperationException>(() => getter(ref value));
    }

    private static DeepClusteringTransformer Train(string method)
    {
        var options = TestMethods.Options(method);
        options.BatchSize = 6;
        return TestMethods.Trainer(Ml, options).Fit(View());
    }

    private static IDataView View() => TestVectors.View(Ml, TestVectors.Make(12, Size), Size);

    private static PredictionEngine<TestRow, ScoredTestRow> Engine(string method) => Ml.Model.CreatePredictionEngine<TestRow, ScoredTestRow>(
        Models[method], new PredictionEngineOptions { OwnsTransformer = false, InputSchemaDefinition = TestRows.Schema(Size) });

    private sealed class ScoresOnly
    {
        public float[] Score { get; set; } = [];
    }
}
