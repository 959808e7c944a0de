using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Internals;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Scoring;

/// <summary>What ML.NET's K-means says of its columns, ours say too: before training, after it, and when the model was saved and loaded.</summary>
[TestClass]
public sealed class ScoreAnnotationsTests
{
    private static readonly MLContext Ml = new(seed: 1);
    private static readonly IDataView View = TestRows.View(Ml, TestRows.Make(30, size: 12), images: false);
    private static readonly Lazy<DeepClusteringTransformer> Deep = new(() => TestMethods.Trainer(Ml, "Idec").Fit(View));
    private static readonly Lazy<ITransformer> KMeans = new(() => Ml.Clustering.Trainers.KMeans(numberOfClusters: TestRows.Clusters).Fit(View));

    [ClassCleanup]
    public static void Free() => Deep.Value.Dispose();

    [TestMethod]
    [DataRow("PredictedLabel")]
    [DataRow("Score")]
    public void Transform_AColumnOfKMeans_HasItsAnnotations(string column)
    {
        var expected = Annotations(KMeans.Value.Transform(View), column);
        Assert.HasCount(3, expected);
        CollectionAssert.AreEqual(expected, Annotations(Deep.Value.Transform(View), column));
    }

    [TestMethod]
    [DataRow("PredictedLabel")]
    [DataRow("Score")]
    public void GetOutputSchema_AColumnOfKMeans_PromisesItsAnnotations(string column)
    {
        var input = new SchemaShape([MachineLearningInternals.Column("Features", SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false)]);
        var expected = Promised(Ml.Clustering.Trainers.KMeans().GetOutputSchema(input), column);
        Assert.HasCount(3, expected);
        CollectionAssert.AreEqual(expected, Promised(Ml.Clustering.Trainers.Idec().GetOutputSchema(input), column));
    }

    [TestMethod]
    [DataRow("PredictedLabel")]
    [DataRow("Score")]
    [DataRow("Probability")]
    [DataRow("Embedding")]
    public void GetOutputSchema_EachColumn_PromisesWhatTransformGives(string column)
    {
        var input = new SchemaShape([MachineLearningInternals.Column("Features", SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false)]);
        var given = Deep.Value.Transform(View).Schema[column].Annotations.Schema.Select(c => $"{c.Name} {c.Type.RawType.Name} {c.Type is KeyDataViewType}").Order().ToArray();
        CollectionAssert.AreEqual(given, Promised(Ml.Clustering.Trainers.Idec().GetOutputSchema(input), column));
    }

    [TestMethod]
    public void Transform_Probability_IsNormalizedAndTheEmbeddingIsNoScore()
    {
        var scored = Deep.Value.Transform(View);
        CollectionAssert.AreEqual(
            new[] { "IsNormalized Boolean True", "ScoreColumnKind String Clustering", "ScoreValueKind String Probability" },
            Annotations(scored, "Probability").Where(a => !a.StartsWith("ScoreColumnSetId", StringComparison.Ordinal)).ToArray());
        Assert.IsEmpty(Annotations(scored, "Embedding"));
    }

    [TestMethod]
    public void Transform_LoadedModel_HasTheSameAnnotations()
    {
        using var file = new MemoryStream();
        Ml.Model.Save(Deep.Value, View.Schema, file);
        file.Position = 0;
        using var loaded = (DeepClusteringTransformer)new MLContext().Model.Load(file, out _);
        foreach (var column in new[] { "PredictedLabel", "Score", "Probability" })
            CollectionAssert.AreEqual(Annotations(Deep.Value.Transform(View), column), Annotations(loaded.Transform(View), column));
    }

    [TestMethod]
    public void Transform_DataThatWereScoredBefore_AreTheNextSet()
    {
        var once = KMeans.Value.Transform(View);
        var expected = Annotations(KMeans.Value.Transform(once), "Score");
        CollectionAssert.Contains(expected, "ScoreColumnSetId Key<UInt32, 0-2147483646> 2");
        CollectionAssert.AreEqual(expected, Annotations(Deep.Value.Transform(once), "Score"));
    }

    // Each as its name, type and value.
    private static string[] Annotations(IDataView view, string column)
    {
        var annotations = view.Schema[column].Annotations;
        return [.. annotations.Schema.Select(c => $"{c.Name} {c.Type} {Value(annotations, c)}").Order(StringComparer.Ordinal)];
    }

    private static object Value(DataViewSchema.Annotations annotations, DataViewSchema.Column column) => column.Type switch
    {
        TextDataViewType => Read<ReadOnlyMemory<char>>(annotations, column),
        BooleanDataViewType => Read<bool>(annotations, column),
        _ => Read<uint>(annotations, column),
    };

    private static T Read<T>(DataViewSchema.Annotations annotations, DataViewSchema.Column column)
    {
        T value = default!;
        annotations.GetValue(column.Name, ref value);
        return value;
    }

    private static string[] Promised(SchemaShape shape, string column)
    {
        var annotations = shape.Single(c => c.Name == column).Annotations;
        return [.. annotations.Select(c => $"{c.Name} {c.ItemType.RawType.Name} {c.IsKey}").Order()];
    }
}
