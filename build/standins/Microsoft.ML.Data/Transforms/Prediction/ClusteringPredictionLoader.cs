using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

[assembly: LoadableClass(typeof(ITransformer), typeof(ClusteringPredictionLoader), null, typeof(SignatureLoadModel), "Clustering Prediction Transformer",
    ClusteringPredictionLoader.LoaderSignature)]

namespace Microsoft.ML.Data;

/// <summary>Loads a <see cref="ClusteringPredictionTransformer{TModel}"/> of the model type that its file has.</summary>
internal static class ClusteringPredictionLoader
{
    public const string LoaderSignature = "ClusteringPredXfer";
    public const string ModelName = "Model";

    public static VersionInfo Version => ModelFormat.Of("CLUSPRED", LoaderSignature, typeof(ClusteringPredictionLoader));

    private static ITransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        var featureColumnName = ctx.Begin(Version).ReadString();
        ctx.LoadModel<IClusteringModel, SignatureLoadModel>(env, out var model, ModelName);
        return (ITransformer)Activator.CreateInstance(typeof(ClusteringPredictionTransformer<>).MakeGenericType(model.GetType()),
            BindingFlags.Instance | BindingFlags.NonPublic, null, [env, model, featureColumnName], null);
    }
}
