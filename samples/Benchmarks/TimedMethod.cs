using System.CommandLine;

namespace Microsoft.ML.DeepClustering.Benchmarks;

/// <summary>A method as it is timed: short, and those with an autoencoder on the multilayer perceptron.</summary>
/// <param name="Name">As tables show it.</param>
/// <param name="Phase">The phase whose epochs are timed.</param>
/// <param name="Method">The method.</param>
/// <param name="Settings">Property=value of its options.</param>
internal sealed record TimedMethod(string Name, string Phase, string Method, params string[] Settings)
{
    /// <summary>The option that names some of the methods.</summary>
    public static Option<string[]> Choice()
        => new("--methods") { AllowMultipleArgumentsPerToken = true, Description = "Some of the methods; default all" };

    /// <summary>Those of the methods named, or all if none is.</summary>
    public static TimedMethod[] Chosen(TimedMethod[] methods, string[]? names)
        => names is { Length: > 0 } ? Array.FindAll(methods, m => names.Contains(m.Method)) : methods;

    public DeepClusteringOptions Options(int threads)
    {
        var options = MethodChoice.Create(Method, null, Settings);
        options.NumberOfThreads = threads;
        options.GetType().GetProperty("NumberOfEpochs")?.SetValue(options, 4);
        if (options is AutoencoderFamilyOptions autoencoder)
            (autoencoder.Network, autoencoder.PretrainingEpochs) = (NetworkKind.MultilayerPerceptron, Phase == "pretraining" ? 4 : 1);
        return options;
    }

    /// <summary>Training alone: epochs 2 and 3 of 4, which are neither warming up nor evaluated.</summary>
    public double SecondsAnEpoch(Samples.ImageSet images, int threads)
    {
        var ml = new MLContext(seed: 1);
        using var model = MethodChoice.Trainer(ml, Options(threads)).Fit(DataChoice.View(ml, images));
        return model.History.BestRun.Epochs.Where(e => e.Phase == Phase).Skip(1).Take(2).Average(e => e.Seconds);
    }
}
