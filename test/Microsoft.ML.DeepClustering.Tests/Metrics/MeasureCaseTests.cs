using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Metrics.Embedding;
using Microsoft.ML.DeepClustering.Metrics.Partition;
using Microsoft.ML.DeepClustering.Tests.Support;
using TorchSharp;

namespace Microsoft.ML.DeepClustering.Tests.Metrics;

[TestClass]
public sealed class MeasureCaseTests
{
    private const int OfClasses = 0;
    private const int OfEmbeddings = 7;

    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Kinds => MeasureCase.All.Select(c => c.Kind).Distinct().Select(kind => new object[] { kind });

    [TestMethod]
    public void Cases_OfTheFile_AreTwoHundredOfManyKinds()
    {
        Assert.HasCount(200, MeasureCase.All);
        Assert.HasCount(20, Kinds);
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void PartitionMeasures_OfCases_EqualScikitLearns(string kind)
    {
        foreach (var c in Of(kind))
        {
            var table = Partition.TestTables.Count(c.Labels, c.Clusters);
            c.AreExpected(
                OfClasses,
                ClusteringAccuracy.Compute(table),
                NormalizedMutualInformation.Compute(table, MutualInformationAveraging.Arithmetic),
                NormalizedMutualInformation.Compute(table, MutualInformationAveraging.Geometric),
                AdjustedRandIndex.Compute(table),
                Purity.Compute(table),
                Homogeneity.Compute(table),
                Completeness.Compute(table));
        }
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void EmbeddingMeasures_OfCases_EqualScikitLearns(string kind)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var c in Of(kind))
        {
            using var inner = torch.NewDisposeScope();
            var (embeddings, clusters) = (c.Embeddings(), c.ClusterNumbers());
            foreach (var values in c.IsSingle ? new[] { embeddings, embeddings.to(torch.ScalarType.Float32) } : [embeddings])
            {
                c.AreExpected(
                    OfEmbeddings,
                    Silhouette.Compute(values, clusters, c.K),
                    DaviesBouldinIndex.Compute(values, clusters, c.K),
                    CalinskiHarabaszIndex.Compute(values, clusters, c.K));
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void EvaluateDeepClustering_OfCases_EqualsScikitLearns(string kind)
    {
        foreach (var c in Of(kind))
        {
            var metrics = _ml.Clustering.EvaluateDeepClustering(View(c), "Label");
            c.AreExpected(OfClasses, metrics.Accuracy, metrics.NormalizedMutualInformation);
            c.AreExpected(OfClasses + 3, metrics.AdjustedRandIndex, metrics.Purity, metrics.Homogeneity, metrics.Completeness);
            Assert.AreEqual(c.K, metrics.NumberOfClusters);
            Assert.AreEqual(c.Clusters.Distinct().Count(), c.K - metrics.NumberOfEmptyClusters);
            if (c.IsSingle)
                c.AreExpected(OfEmbeddings, metrics.Silhouette, metrics.DaviesBouldinIndex, metrics.CalinskiHarabaszIndex);
        }
    }

    private static IEnumerable<MeasureCase> Of(string kind) => MeasureCase.All.Where(c => c.Kind == kind);

    private IDataView View(MeasureCase c)
    {
        var schema = SchemaDefinition.Create(typeof(CaseRow));
        schema[nameof(CaseRow.Embedding)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, c.Size);
        schema[nameof(CaseRow.PredictedLabel)].ColumnType = new KeyDataViewType(typeof(uint), c.K);
        var rows = c.Values.Select(v => (float)v).Chunk(c.Size)
            .Select((embedding, row) => new CaseRow { Label = c.Labels[row], PredictedLabel = KeyMember.Of((uint)c.Clusters[row] + 1), Embedding = embedding });
        return _ml.Data.LoadFromEnumerable(rows.ToList(), schema);
    }

    internal sealed class CaseRow
    {
        public int Label { get; set; }

        public uint PredictedLabel { get; set; }

        public float[] Embedding { get; set; } = [];
    }
}
