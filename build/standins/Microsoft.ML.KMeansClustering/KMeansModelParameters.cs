using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

[assembly: LoadableClass(typeof(KMeansModelParameters), null, typeof(SignatureLoadModel), "KMeans predictor", KMeansModelParameters.LoaderSignature)]

namespace Microsoft.ML.Trainers;

/// <summary>The centroids. Scores are squared Euclidean distances to them.</summary>
public sealed class KMeansModelParameters : ModelParametersBase<VBuffer<float>>, IClusteringModel
{
    internal const string LoaderSignature = "KMeansPredictor";

    private readonly float[][] _centroids;
    private readonly float[] _squaredNorms;

    internal KMeansModelParameters(IHostEnvironment env, float[][] centroids)
        : base(env, LoaderSignature)
    {
        _centroids = centroids;
        _squaredNorms = Array.ConvertAll(centroids, centroid => Kernels.Dot(centroid, centroid));
    }

    int IClusteringModel.FeatureCount => _centroids[0].Length;

    int IClusteringModel.ClusterCount => _centroids.Length;

    private static VersionInfo Version => ModelFormat.Of("KMEANSST", LoaderSignature, typeof(KMeansModelParameters));

    public void GetClusterCentroids(ref VBuffer<float>[] centroids, out int k)
    {
        k = _centroids.Length;
        if (centroids?.Length != k)
            Array.Resize(ref centroids, k);
        for (var i = 0; i < k; i++)
            new VBuffer<float>(_centroids[i].Length, _centroids[i]).CopyTo(ref centroids[i]);
    }

    void IClusteringModel.Score(in VBuffer<float> features, Span<float> distances)
    {
        var x = features.IsDense ? features.GetValues() : features.DenseValues().ToArray();
        var squaredNorm = Kernels.Dot(x, x);
        for (var i = 0; i < _centroids.Length; i++)
        {
            var distance = squaredNorm - 2 * Kernels.Dot(_centroids[i], x) + _squaredNorms[i];
            // Keeps NaN as it is.
            distances[i] = distance < 0 ? 0 : distance;
        }
    }

    private static KMeansModelParameters Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        var reader = ctx.Begin(Version);
        var centroids = new float[reader.ReadInt32()][];
        var size = reader.ReadInt32();
        for (var i = 0; i < centroids.Length; i++)
        {
            centroids[i] = new float[size];
            for (var j = 0; j < size; j++)
                centroids[i][j] = reader.ReadSingle();
        }

        return new KMeansModelParameters(env, centroids);
    }

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        var writer = ctx.Begin(Version);
        writer.Write(_centroids.Length);
        writer.Write(_centroids[0].Length);
        foreach (var value in _centroids.SelectMany(centroid => centroid))
            writer.Write(value);
    }
}
