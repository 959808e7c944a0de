using Microsoft.ML.DeepClustering.Methods;

namespace Microsoft.ML.DeepClustering.Tests.Support;

/// <summary>Every method of the library with settings that train in a second.</summary>
internal static class TestMethods
{
    /// <summary>The names of all methods, on images and on vectors.</summary>
    public static IEnumerable<object[]> All => MethodNames.OptionTypes.Keys.SelectMany(name => new object[][] { [name, true], [name, false] });

    public static DeepClusteringOptions Options(string method, int epochs = 2)
    {
        var options = (DeepClusteringOptions)Activator.CreateInstance(MethodNames.OptionTypes[method])!;
        options.NumberOfClusters = TestRows.Clusters;
        options.BatchSize = 20;
        options.Seed = 5;
        if (options is AutoencoderFamilyOptions autoencoder)
            autoencoder.PretrainingEpochs = epochs;
        if (options is DepictOptions depict)
            depict.PretrainingEpochs = depict.InitializationEpochs = epochs;
        if (options is not AutoencoderKMeansOptions)
            options.NumberOfEpochs = epochs;
        return options;
    }

    public static DeepClusteringTrainer Trainer(MLContext ml, string method) => Trainer(ml, Options(method));

    /// <summary>Through the catalog's own method of that name, found as a user would call it.</summary>
    public static DeepClusteringTrainer Trainer(MLContext ml, DeepClusteringOptions options)
    {
        var extension = typeof(DeepClusteringOptions).Assembly.GetExportedTypes()
            .Where(t => t.Namespace == "Microsoft.ML")
            .SelectMany(t => t.GetMethods())
            .Single(m => m.Name == options.MethodName && m.GetParameters() is { Length: 2 } p && p[1].ParameterType == options.GetType());
        return (DeepClusteringTrainer)extension.Invoke(null, [ml.Clustering.Trainers, options])!;
    }
}
