using Microsoft.ML.DeepClustering.Internals;
using Microsoft.ML.DeepClustering.Persistence;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.DeepClustering.Estimators;

/// <summary>Reads a saved transformer. ML.NET finds it through the loader signature in a model's header.</summary>
internal static class TransformerLoader
{
    /// <summary>Called by ML.NET, by name.</summary>
    public static DeepClusteringTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
        => NativeFaults.Translate(() => Load(env, ctx), "Loading the model", () => "free some memory, or load it on a machine with more");

    private static DeepClusteringTransformer Load(IHostEnvironment env, ModelLoadContext ctx)
    {
        MachineLearningInternals.CheckVersion(ctx);
        var model = ModelFile.Read(name => MachineLearningInternals.Entry(ctx, name), DeviceChoice.Find(env));
        return new DeepClusteringTransformer(env, model);
    }
}
