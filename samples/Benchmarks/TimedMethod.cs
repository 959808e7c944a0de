using System.CommandLine;

namespace Benchmarks;

/// <summary>A method as it is timed: short, and those with an autoencoder on the multilayer perceptron.</summary>
/// <param name="Name">As tables show it.</param>
/// <param name="Phase">The phase whose epochs are timed.</param>
/// <param name="Method">The method.</param>
/// <param name="Settings">Property=value of its options.</param>
internal sealed record TimedMethod(string Name, string Phase, string Method, params string[] Settings)
{
    public static readonly TimedMethod Pretraining = new("AE pretraining", "pretraining", "AutoencoderKMeans");
    public static readonly TimedMethod Dec = new("DEC", "clustering", "Dec", "LabelChangeTolerance=0");
    public static readonly TimedMethod Idec = new("IDEC", "clustering", "Idec", "LabelChangeTolerance=0");
    public static readonly TimedMethod Dcn = new("DCN", "clustering", "Dcn");
    public static readonly TimedMethod DeepKMeans = new("Deep k-Means", "clustering", "DeepKMeans");
    public static readonly TimedMethod DeepKMeansAgain = new("Deep k-Means, re-initialised", "clustering", "DeepKMeans", "Reinitialization=true");
    public static readonly TimedMethod Centering = new("centering", "clustering", "Centering");
    public static readonly TimedMethod CenteringAlone = new("centering, without its k-means", "clustering", "Centering", "Reinitialization=false");
    // κ so high that the timed epochs do not clear the conflicts up and end the training.
    public static readonly TimedMethod DynAe = new("DynAE", "clustering", "DynamicAutoencoder", "Augmentation=null", "Kappa=5");
    public static readonly TimedMethod Ddc = new("DDC", "clustering", "Ddc");
    public static readonly TimedMethod UcoNaive = new("DDC-UCO naive", "clustering", "DdcUco", "Companion.Kernel=Naive");
    public static readonly TimedMethod UcoBefore = new("DDC-UCO tensor, before the pool", "clustering", "DdcUco", "Companion.Tap=BeforePooling");
    public static readonly TimedMethod UcoAfter = new("DDC-UCO tensor, after the pool", "clustering", "DdcUco", "Companion.Tap=AfterPooling");

    /// <summary>What its seconds are compared with; null for the first method of those timed.</summary>
    public TimedMethod? Baseline { get; private init; }

    /// <summary>The same with the default augmentation, to be compared with it without.</summary>
    public TimedMethod Augmented() => this with { Baseline = this, Name = $"{Name}, augmented", Settings = [.. Settings, "Augmentation={}"] };

    /// <summary>The same with products in bfloat16, to be compared with it in float32.</summary>
    public TimedMethod InBFloat16() => this with { Baseline = this, Name = $"{Name}, bfloat16", Settings = [.. Settings, "Precision=BFloat16"] };

    /// <summary>The option that names some of the methods.</summary>
    public static Option<string[]> Choice()
        => new("--methods") { AllowMultipleArgumentsPerToken = true, Description = "Some of the methods; default all" };

    /// <summary>Those of the methods named, or all if none is.</summary>
    public static TimedMethod[] Chosen(TimedMethod[] methods, string[]? names)
        => names is { Length: > 0 } ? Array.FindAll(methods, m => names.Contains(m.Method)) : methods;

    /// <summary>So many epochs to time, after one that warms up and before one that is evaluated; nothing before them but one start of k-means.</summary>
    public DeepClusteringOptions Options(int threads, int timed = 2)
    {
        var options = MethodChoice.Create(Method, null, Settings);
        options.NumberOfThreads = threads;
        options.NumberOfEpochs = options is AutoencoderKMeansOptions ? 0 : timed + 2;
        if (options is DdcFamilyOptions ddc)
            ddc.EvaluationInterval = timed + 2;
        if (options is AutoencoderFamilyOptions autoencoder)
        {
            (autoencoder.Network, autoencoder.KMeansRestarts) = (NetworkKind.MultilayerPerceptron, 1);
            autoencoder.PretrainingEpochs = Phase == Pretraining.Phase ? timed + 2 : 0;
        }

        return options;
    }

    /// <summary>Training alone: seconds of each epoch but the first and the last, which is cut short, for it is evaluated.</summary>
    public double[] Seconds(MLContext ml, DeepClusteringOptions options, IDataView view)
    {
        var epochs = options is AutoencoderFamilyOptions autoencoder && Phase == Pretraining.Phase ? autoencoder.PretrainingEpochs : options.NumberOfEpochs;
        using var enough = new CancellationTokenSource();
        var timed = new List<double>();
        options.CancellationToken = enough.Token;
        options.Progress = new Completed(record =>
        {
            if (record.Phase == Phase && record.Epoch > 1 && record.Epoch < epochs)
                timed.Add(record.Seconds);
            if (record.Phase == Phase && record.Epoch == epochs - 1)
                enough.Cancel();
        });
        try
        {
            MethodChoice.Trainer(ml, options).Fit(view).Dispose();
            throw new InvalidOperationException($"{Name} ended before its epoch {epochs}.");
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested)
        {
            return [.. timed];
        }
    }

    /// <summary>Mean seconds of epochs 2, 3 ...</summary>
    public double SecondsAnEpoch(Samples.ImageSet images, int threads, int timed = 2)
    {
        var ml = new MLContext(seed: 1);
        return Seconds(ml, Options(threads, timed), DataChoice.View(ml, images)).Average();
    }

    private sealed class Completed(Action<EpochRecord> onEpoch) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Completed is { } record)
                onEpoch(record);
        }
    }
}
