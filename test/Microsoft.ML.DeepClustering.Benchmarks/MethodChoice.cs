using System.CommandLine;

namespace Microsoft.ML.DeepClustering.Benchmarks;

/// <summary>The options that choose a method and its settings.</summary>
internal sealed class MethodChoice
{
    private readonly Option<string> _method = new("--method") { DefaultValueFactory = _ => "ddc", Description = "ddc, tensor, naive or nldl21" };
    private readonly Option<int> _epochs = new("--epochs") { DefaultValueFactory = _ => 20 };
    private readonly Option<int> _seed = new("--seed") { DefaultValueFactory = _ => 1 };
    private readonly Option<int> _runs = new("--runs") { DefaultValueFactory = _ => 1 };
    private readonly Option<double?> _rate = new("--rate") { Description = "The learning rate; the method's own when left out" };
    private readonly Option<int> _threads = new("--threads") { DefaultValueFactory = _ => 1 };
    private readonly Option<FirstBlockTap> _tap = new("--tap") { DefaultValueFactory = _ => FirstBlockTap.BeforePooling };
    private readonly Option<GrassmannRule> _grassmann = new("--grassmann") { DefaultValueFactory = _ => GrassmannRule.AsPrinted };
    private readonly Option<WeightInitialization> _initialization = new("--init") { DefaultValueFactory = _ => WeightInitialization.HeNormal };

    private readonly Option<NetworkKind> _network = new("--network") { DefaultValueFactory = _ => NetworkKind.Auto };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _method, _epochs, _seed, _runs, _rate, _threads, _tap, _grassmann, _initialization, _network })
            command.Add(option);
    }

    public DdcFamilyOptions Options(ParseResult parsed)
    {
        var options = Create(parsed.GetValue(_method)!, parsed.GetValue(_tap), parsed.GetValue(_grassmann));
        options.NumberOfClusters = 10;
        options.NumberOfEpochs = parsed.GetValue(_epochs);
        options.Seed = parsed.GetValue(_seed);
        options.NumberOfRuns = parsed.GetValue(_runs);
        options.NumberOfThreads = parsed.GetValue(_threads);
        options.Network = parsed.GetValue(_network);
        options.Initialization = parsed.GetValue(_initialization);
        options.LearningRate = parsed.GetValue(_rate) ?? options.LearningRate;
        return options;
    }

    public static DdcFamilyOptions Create(string method, FirstBlockTap tap, GrassmannRule grassmann = GrassmannRule.AsPrinted) => method switch
    {
        "ddc" => new DdcOptions(),
        "tensor" => new DdcUcoOptions { Tap = tap, Grassmann = grassmann },
        "naive" => new DdcUcoOptions { Tap = tap, Kernel = CompanionKernel.Naive },
        "nldl21" => DdcUcoOptions.Nldl21(),
        _ => throw new ArgumentException($"--method is {method}; it must be ddc, tensor, naive or nldl21."),
    };

    public static DeepClusteringTrainer Trainer(MLContext ml, DdcFamilyOptions options) => options switch
    {
        DdcOptions ddc => ml.Clustering.Trainers.Ddc(ddc),
        DdcUcoOptions uco => ml.Clustering.Trainers.DdcUco(uco),
        _ => throw new ArgumentException($"No trainer for {options.GetType().Name}."),
    };
}
