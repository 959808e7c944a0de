using System.Reflection;
using System.Text.Json;
using TorchSharp;

namespace Microsoft.ML.DeepClustering.Tests.Metrics;

/// <summary>
/// Rows with classes, clusters and embeddings, and what the measures of them are. The expected numbers of MeasureCases.json were made with
/// scikit-learn 1.2.1 and SciPy 1.10.1: accuracy (scipy.optimize.linear_sum_assignment), NMI with arithmetic and with geometric mean, ARI, purity
/// (from contingency_matrix), homogeneity, completeness, silhouette (silhouette_score on scipy.spatial.distance.cdist), Davies-Bouldin and
/// Caliński-Harabasz (davies_bouldin_score, calinski_harabasz_score on centred embeddings). Null is NaN: scikit-learn raises an error.
/// </summary>
/// <param name="Kind">What the case is about.</param>
/// <param name="K">The number of clusters, empty ones too.</param>
/// <param name="Labels">The class of each row.</param>
/// <param name="Clusters">The cluster of each row, from 0.</param>
/// <param name="Size">The values of an embedding.</param>
/// <param name="Points">The embeddings, row by row, before scale and offset.</param>
/// <param name="Scale">A power of two.</param>
/// <param name="Offset">Added to all values.</param>
/// <param name="Expected">The measures in the order above.</param>
internal sealed record MeasureCase(
    string Kind, int K, int[] Labels, int[] Clusters, int Size, int[] Points, double Scale, double Offset, double?[] Expected)
{
    private static readonly Lazy<MeasureCase[]> Cases = new(() =>
    {
        var root = typeof(MeasureCase).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;
        var json = File.ReadAllText(Path.Combine(root, "test/Microsoft.ML.DeepClustering.Tests/Metrics/MeasureCases.json"));
        return JsonSerializer.Deserialize<MeasureCase[]>(json, JsonSerializerOptions.Web)!;
    });

    public static IReadOnlyList<MeasureCase> All => Cases.Value;

    /// <summary>The embeddings, row by row.</summary>
    public IEnumerable<double> Values => Points.Select(point => Offset + (Scale * point));

    /// <summary>Whether every value is a float.</summary>
    public bool IsSingle => Values.All(value => (float)value == value);

    /// <summary>(n, p) of Float64.</summary>
    public torch.Tensor Embeddings() => torch.tensor(Values.ToArray(), [Labels.Length, Size]);

    /// <summary>(n).</summary>
    public torch.Tensor ClusterNumbers() => torch.tensor(Clusters.Select(c => (long)c).ToArray());

    /// <summary>Compares measures with those from <paramref name="first"/> on: to 1e-6, relative for those above 1.</summary>
    public void AreExpected(int first, params double[] actual)
    {
        for (var i = 0; i < actual.Length; i++)
        {
            var what = $"{Kind}, {Labels.Length} rows, measure {first + i}";
            if (Expected[first + i] is { } expected)
                Assert.AreEqual(expected, actual[i], 1e-6 * Math.Max(1, Math.Abs(expected)), what);
            else
                Assert.IsTrue(double.IsNaN(actual[i]), $"{what} is {actual[i]}");
        }
    }
}
