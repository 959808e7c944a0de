using System.CommandLine;
using System.Globalization;
using Microsoft.ML.DeepClustering.Tool.Modelling;

namespace Microsoft.ML.DeepClustering.Tool.Commands;

/// <summary>The options of a training and of a scan.</summary>
/// <param name="usualMethod">The method where the user names none.</param>
/// <param name="usualPretraining">Epochs of pretraining where the user names none; null leaves them to the method.</param>
internal sealed class TrainingOptions(string usualMethod, int? usualPretraining = null)
{
    private readonly Option<string> _method = new("--method") { HelpName = "NAME", Description = $"One of {string.Join(", ", MethodCatalog.Names)}", DefaultValueFactory = _ => usualMethod };
    private readonly Option<int?> _epochs = Numbers.Option("--epochs", 1, "The largest number of epochs, of those after pretraining. Default: the method's, by the number of rows");
    private readonly Option<int?> _pretraining = Numbers.Option("--pretraining-epochs", 0, $"The largest number of epochs on reconstruction alone. Default: {usualPretraining?.ToString(CultureInfo.InvariantCulture) ?? "the method's, by the number of rows"}");
    private readonly Option<int?> _seed = Numbers.Option("--seed", 0, "The seed of all that is random. Default: 1");
    private readonly Option<int?> _runs = Numbers.Option("--runs", 1, "Trainings from different random starts, of which the one of lowest loss is kept. Default: 1");
    private readonly Option<int?> _threads = Numbers.Option("--threads", 1, $"Threads to train with. Default: all, here {Environment.ProcessorCount}");
    private readonly Option<bool> _gpu = new("--gpu") { Description = "Train on the first NVIDIA GPU; where there is none, on the processor" };

    public void AddTo(ExampleCommand command)
    {
        foreach (var option in new Option[] { _method, _epochs, _pretraining, _seed, _runs, _threads, _gpu })
            command.Add(option);
    }

    /// <summary>A context of ML.NET with the seed and the device that were asked for.</summary>
    public MLContext CreateContext(ParseResult parsed)
    {
        var ml = new MLContext(Seed(parsed));
        if (parsed.GetValue(_gpu))
            (ml.GpuDeviceId, ml.FallbackToCpu) = (0, true);
        return ml;
    }

    /// <summary>The options of the method that was asked for.</summary>
    public DeepClusteringOptions Create(ParseResult parsed)
    {
        var options = MethodCatalog.Create(parsed.GetValue(_method)!);
        options.FeatureColumnName = Preparation.FeatureColumn;
        options.NumberOfEpochs = parsed.GetValue(_epochs);
        options.NumberOfRuns = parsed.GetValue(_runs) ?? 1;
        Share(parsed, options);
        if (options is AutoencoderKMeansOptions && parsed.GetValue(_epochs) != null)
            throw new ToolFault($"{parsed.GetValue(_method)} trains on reconstruction alone; give --pretraining-epochs rather than --epochs.");
        if (options is AutoencoderFamilyOptions autoencoder)
            autoencoder.PretrainingEpochs = parsed.GetValue(_pretraining) ?? usualPretraining;
        else if (options is DepictOptions depict)
            depict.PretrainingEpochs = parsed.GetValue(_pretraining) ?? usualPretraining;
        else if (parsed.GetValue(_pretraining) != null)
            throw new ToolFault($"{parsed.GetValue(_method)} has no pretraining; leave --pretraining-epochs out.");
        return options;
    }

    /// <summary>Sets what any training of this command line has: the seed and the threads.</summary>
    public void Share(ParseResult parsed, DeepClusteringOptions options)
    {
        options.Seed = Seed(parsed);
        options.NumberOfThreads = parsed.GetValue(_threads) ?? Math.Min(Environment.ProcessorCount, 1024);
    }

    private int Seed(ParseResult parsed) => parsed.GetValue(_seed) ?? 1;
}
