using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.Trainers;

namespace Microsoft.ML.DeepClustering.Tests.Scoring;

/// <summary>What programs written for a clustering trainer of ML.NET ask of trainer and model.</summary>
[TestClass]
public sealed class ClusterCentroidsTests
{
    private readonly MLContext _ml = new(seed: 1);

    private static bool HasCentroids(string method) => MethodNames.OptionTypes[method].IsSubclassOf(typeof(AutoencoderFamilyOptions));

    public static IEnumerable<object[]> Methods => MethodNames.OptionTypes.Keys.Where(m => HasCentroids(m) && m != "Vade").Select(m => new object[] { m });

    public static IEnumerable<object[]> Others => MethodNames.OptionTypes.Keys.Where(m => !HasCentroids(m)).Select(m => new object[] { m });

    // Those of Vade are the means of its Gaussians, which its scores weigh by their variances.
    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void GetClusterCentroids_OfEachRow_AreAsFarFromItsEmbeddingAsTheScoreSays(string method)
    {
        using var model = Fit(method);
        VBuffer<float>[] centroids = null!;
        model.GetClusterCentroids(ref centroids, out var k);
        Assert.AreEqual(TestRows.Clusters, k);
        Assert.HasCount(k, centroids);
        foreach (var row in TestRows.Scored(_ml, model.Transform(View())))
        {
            for (var j = 0; j < k; j++)
            {
                Assert.AreEqual(model.EmbeddingSize, centroids[j].Length);
                var distance = row.Embedding.Zip(centroids[j].GetValues().ToArray(), (z, r) => (z - r) * (z - r)).Sum();
                Assert.AreEqual(distance, row.Score[j], 1e-4 + 1e-4 * distance);
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Others))]
    public void GetClusterCentroids_MethodWithoutCentroids_SaysWhatToDo(string method)
    {
        using var model = Fit(method);
        VBuffer<float>[] centroids = [];
        var error = Assert.ThrowsExactly<NotSupportedException>(() => model.GetClusterCentroids(ref centroids, out _));
        StringAssert.StartsWith(error.Message, $"{method} has no centroids");
        Assert.IsEmpty(centroids);
    }

    [TestMethod]
    public void GetClusterCentroids_ArrayOfKVectors_IsFilledAnew()
    {
        using var model = Fit("Idec");
        var given = new VBuffer<float>[TestRows.Clusters];
        var centroids = given;
        model.GetClusterCentroids(ref centroids, out _);
        Assert.AreSame(given, centroids);
        var values = centroids[0].GetValues().ToArray();
        VBuffer<float>[] tooShort = [default];
        model.GetClusterCentroids(ref tooShort, out _);
        Assert.HasCount(TestRows.Clusters, tooShort);
        CollectionAssert.AreEqual(values, tooShort[0].GetValues().ToArray());
        // What a caller does to them leaves the model as it is.
        centroids[0] = new VBuffer<float>(1, [7f]);
        model.GetClusterCentroids(ref centroids, out _);
        CollectionAssert.AreEqual(values, centroids[0].DenseValues().ToArray());
    }

    [TestMethod]
    public void GetClusterCentroids_AfterDisposal_SaysSo()
    {
        var model = Fit("Idec");
        model.Dispose();
        VBuffer<float>[] centroids = [];
        Assert.ThrowsExactly<ObjectDisposedException>(() => model.GetClusterCentroids(ref centroids, out _));
    }

    [TestMethod]
    public void Program_WrittenForKMeans_TakesOurTrainer()
    {
        Assert.AreEqual((3, 12), Centroids(_ml.Clustering.Trainers.KMeans(numberOfClusters: 3), m => m.GetClusterCentroids));
        Assert.AreEqual((3, 3), Centroids(TestMethods.Trainer(_ml, "DeepKMeans"), m => m.GetClusterCentroids));

        (int, int) Centroids<TTransformer, TModel>(ITrainerEstimator<TTransformer, TModel> trainer, Func<TModel, Getter> getter)
            where TTransformer : class, ISingleFeaturePredictionTransformer<TModel>
            where TModel : class
        {
            Assert.IsTrue(trainer.Info.NeedNormalization);
            var model = _ml.Transforms.NormalizeMinMax("Features").Append(trainer).Fit(View()).LastTransformer;
            using var owned = model as IDisposable;
            Assert.AreEqual("Features", model.FeatureColumnName);
            Assert.AreEqual(new VectorDataViewType(NumberDataViewType.Single, 12), model.FeatureColumnType);
            VBuffer<float>[] centroids = null!;
            getter(model.Model)(ref centroids, out var k);
            return (k, centroids[0].Length);
        }
    }

    [TestMethod]
    public void Info_OfOurTrainer_AsksForNoCache()
        => Assert.IsFalse(TestMethods.Trainer(_ml, "Ddc").Info.WantCaching);

    [TestMethod]
    [DataRow(false, new[] { 3, 24, 24 })]
    [DataRow(true, new[] { 24, 24, 3 })]
    public void FeatureColumnType_Images_HasTheDimensionsOfTheColumn(bool interleaved, int[] dimensions)
    {
        var view = TestRows.View(_ml, TestRows.Make(12, 3 * 24 * 24), images: false);
        var options = TestMethods.Options("Ddc", epochs: 1);
        options.ImageShape = new ImageShape(3, 24, 24, interleaved);
        using var model = TestMethods.Trainer(_ml, options).Fit(view);
        CollectionAssert.AreEqual(dimensions, ((VectorDataViewType)model.FeatureColumnType).Dimensions.ToArray());
    }

    private delegate void Getter(ref VBuffer<float>[] centroids, out int k);

    private DeepClusteringTransformer Fit(string method) => TestMethods.Trainer(_ml, TestMethods.Options(method, epochs: 1)).Fit(View());

    private IDataView View() => TestRows.View(_ml, TestRows.Make(30, size: 12), images: false);
}
