using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Microsoft.ML.DeepClustering.Tests.StandIns;

[TestClass]
public sealed class KMeansTrainerTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly List<KMeansBlobs.Point> _points = KMeansBlobs.Make(rowsPerBlob: 100);

    [TestMethod]
    [DataRow(KMeansTrainer.InitializationAlgorithm.KMeansPlusPlus)]
    [DataRow(KMeansTrainer.InitializationAlgorithm.KMeansYinyang)]
    public void Fit_ThreeBlobs_InertiaIsTheLeast(KMeansTrainer.InitializationAlgorithm algorithm)
    {
        var data = _ml.Data.LoadFromEnumerable(_points);
        var trainer = _ml.Clustering.Trainers.KMeans(new KMeansTrainer.Options { NumberOfClusters = 3, InitializationAlgorithm = algorithm });

        var scored = trainer.Fit(data).Transform(data);

        var inertia = scored.GetColumn<float[]>("Score").Sum(scores => (double)scores.Min());
        Assert.AreEqual(KMeansBlobs.LeastInertia(_points), inertia, 0.05);
        Assert.AreEqual(1, _ml.Clustering.Evaluate(scored, "Label").NormalizedMutualInformation, 1e-9);
    }

    [TestMethod]
    public void Fit_PointsWithoutClusters_CentroidsAreTheMeansOfTheirRows()
    {
        var random = new Random(5);
        var points = Enumerable.Range(0, 400).Select(_ => new KMeansBlobs.Point { Features = [random.NextSingle(), random.NextSingle()] }).ToArray();
        var data = _ml.Data.LoadFromEnumerable(points);
        VBuffer<float>[]? centroids = null;

        var model = _ml.Clustering.Trainers.KMeans(numberOfClusters: 5).Fit(data);
        model.Model.GetClusterCentroids(ref centroids, out _);

        var labels = model.Transform(data).GetColumn<uint>("PredictedLabel").ToArray();
        foreach (var cluster in points.Zip(labels).GroupBy(pair => pair.Second))
        {
            Assert.AreEqual(cluster.Average(pair => pair.First.Features[0]), centroids[cluster.Key - 1].GetItemOrDefault(0), 5e-3);
            Assert.AreEqual(cluster.Average(pair => pair.First.Features[1]), centroids[cluster.Key - 1].GetItemOrDefault(1), 5e-3);
        }
    }

    [TestMethod]
    public void Transform_Schema_LabelKeyThenScores()
    {
        var data = _ml.Data.LoadFromEnumerable(_points);

        var schema = _ml.Clustering.Trainers.KMeans(numberOfClusters: 3).Fit(data).Transform(data).Schema;

        CollectionAssert.AreEqual(
            data.Schema.Select(column => column.Name).Append("PredictedLabel").Append("Score").ToArray(), schema.Select(column => column.Name).ToArray());
        Assert.AreEqual(new KeyDataViewType(typeof(uint), 3), schema["PredictedLabel"].Type);
        Assert.AreEqual(new VectorDataViewType(NumberDataViewType.Single, 3), schema["Score"].Type);
    }

    [TestMethod]
    public void Transform_Scores_AreSquaredDistancesAndLabelTheSmallest()
    {
        var data = _ml.Data.LoadFromEnumerable(_points);
        var model = _ml.Clustering.Trainers.KMeans(numberOfClusters: 3).Fit(data);
        VBuffer<float>[]? centroids = null;
        model.Model.GetClusterCentroids(ref centroids, out var k);

        var scored = model.Transform(data);

        Assert.AreEqual(3, k);
        var labels = scored.GetColumn<uint>("PredictedLabel").ToArray();
        var scores = scored.GetColumn<float[]>("Score").ToArray();
        for (var i = 0; i < _points.Count; i++)
        {
            for (var j = 0; j < k; j++)
            {
                var distance = centroids[j].DenseValues().Zip(_points[i].Features, (a, b) => (a - b) * (a - b)).Sum();
                Assert.AreEqual(distance, scores[i][j], 1e-3 * (1 + distance));
            }

            Assert.AreEqual((uint)Array.IndexOf(scores[i], scores[i].Min()) + 1, labels[i]);
        }
    }

    [TestMethod]
    public void Fit_SameSeedAndOneThread_SameScores()
    {
        CollectionAssert.AreEqual(Scores(7), Scores(7));

        static float[] Scores(int seed)
        {
            var ml = new MLContext(seed);
            var data = ml.Data.LoadFromEnumerable(KMeansBlobs.Make(rowsPerBlob: 40));
            var trainer = ml.Clustering.Trainers.KMeans(new KMeansTrainer.Options { NumberOfClusters = 5, NumberOfThreads = 1 });
            return trainer.Fit(data).Transform(data).GetColumn<float[]>("Score").SelectMany(scores => scores).ToArray();
        }
    }

    [TestMethod]
    public void SaveAndLoad_InAChain_SameScores()
    {
        var data = _ml.Data.LoadFromEnumerable(_points);
        var model = _ml.Transforms.NormalizeMinMax("Features").Append(_ml.Clustering.Trainers.KMeans(numberOfClusters: 3)).Fit(data);
        using var stream = new MemoryStream();

        _ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        var loaded = new MLContext().Model.Load(stream, out var schema);

        Assert.AreEqual(data.Schema.Count, schema.Count);
        CollectionAssert.AreEqual(
            model.Transform(data).GetColumn<float[]>("Score").SelectMany(scores => scores).ToArray(),
            loaded.Transform(data).GetColumn<float[]>("Score").SelectMany(scores => scores).ToArray());
    }

    [TestMethod]
    public void PredictionEngine_OneRow_SameAsTransform()
    {
        var data = _ml.Data.LoadFromEnumerable(_points);
        var model = _ml.Clustering.Trainers.KMeans(numberOfClusters: 3).Fit(data);
        var labels = model.Transform(data).GetColumn<uint>("PredictedLabel").ToArray();

        using var engine = _ml.Model.CreatePredictionEngine<KMeansBlobs.Point, Prediction>(model);

        for (var i = 0; i < 6; i++)
            Assert.AreEqual(labels[i], engine.Predict(_points[i]).PredictedLabel);
    }

    [TestMethod]
    public void GetOutputSchema_WrongFeatureColumn_Throws()
    {
        var shape = _ml.Transforms.CopyColumns("Other", "Features").Append(_ml.Clustering.Trainers.KMeans("Label"));

        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Clustering.Trainers.KMeans("None").Fit(_ml.Data.LoadFromEnumerable(_points)));
        Assert.Throws<ArgumentOutOfRangeException>(() => shape.Fit(_ml.Data.LoadFromEnumerable(_points)));
    }

    [TestMethod]
    public void Fit_WeightedRows_CentroidIsTheWeightedMean()
    {
        _points[0].Weight = 1000;
        var data = _ml.Data.LoadFromEnumerable(_points);
        VBuffer<float>[]? centroids = null;

        _ml.Clustering.Trainers.KMeans(exampleWeightColumnName: "Weight", numberOfClusters: 3).Fit(data).Model.GetClusterCentroids(ref centroids, out _);

        var blob = _points.Where(point => point.Label == 0).ToArray();
        var x = blob.Sum(point => point.Weight * point.Features[0]) / blob.Sum(point => point.Weight);
        Assert.IsTrue(centroids.Any(centroid => Math.Abs(centroid.GetItemOrDefault(0) - x) < 1e-3));
    }

    [TestMethod]
    public void Options_Defaults_AreMlNets()
    {
        var options = new KMeansTrainer.Options();

        Assert.AreEqual(5, options.NumberOfClusters);
        Assert.AreEqual("Features", options.FeatureColumnName);
        Assert.AreEqual(1000, options.MaximumNumberOfIterations);
        Assert.AreEqual(1e-7f, options.OptimizationTolerance);
        Assert.AreEqual(KMeansTrainer.InitializationAlgorithm.KMeansYinyang, options.InitializationAlgorithm);
        Assert.IsNull(options.NumberOfThreads);
    }

    private sealed class Prediction
    {
        public uint PredictedLabel { get; set; }
    }
}
