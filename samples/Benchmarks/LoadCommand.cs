using System.CommandLine;
using System.Diagnostics;
using TorchSharp;

namespace Benchmarks;

/// <summary>Seconds to load a saved model: in a process that has loaded none, after libtorch has started, and after a small model, each time once more.</summary>
internal static class LoadCommand
{
    private const int Side = 28;

    public static Command Create()
    {
        var method = new MethodChoice();
        var files = new Argument<string[]>("files")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = "Models to load in this process, one after the other; default two that are made, in processes of their own",
        };
        var torchFirst = new Option<bool>("--torch-first") { Description = "Start libtorch before, and say how long that took" };
        var command = new Command("load", "Seconds to load a model, the first time in a process and again.") { files, torchFirst };
        method.AddTo(command);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(torchFirst))
                StartTorch();
            if (parsed.GetValue(files) is { Length: > 0 } given)
                Array.ForEach(given, Load);
            else
                LoadMade(method.Options(parsed));
        });
        return command;
    }

    private static void LoadMade(DeepClusteringOptions options)
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var large = Save(options, Path.Combine(folder, "large.zip"));
            var small = Save(new DdcOptions { ImageShape = new(1, Side, Side) }, Path.Combine(folder, "small.zip"));
            Console.WriteLine("In a process that has loaded nothing:");
            Console.Write(ChildProcess.Own("load", large));
            Console.WriteLine("After libtorch has started:");
            Console.Write(ChildProcess.Own("load", "--torch-first", large));
            Console.WriteLine("After another model:");
            Console.Write(ChildProcess.Own("load", small, large));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Of a short training: the size of the file does not depend on it.
    internal static string Save(DeepClusteringOptions options, string path)
    {
        options.NumberOfEpochs = options is AutoencoderKMeansOptions ? 0 : 1;
        if (options is AutoencoderFamilyOptions autoencoder)
            autoencoder.PretrainingEpochs = 1;
        if (options is DepictOptions depict)
            depict.PretrainingEpochs = depict.InitializationEpochs = 1;
        var ml = new MLContext(seed: 1);
        var view = MadeRows.View(ml, 1000, Side * Side, options.NumberOfClusters);
        using var model = MethodChoice.Trainer(ml, options).Fit(view);
        ml.Model.Save(model, view.Schema, path);
        return path;
    }

    private static void StartTorch()
    {
        var watch = Stopwatch.StartNew();
        torch.zeros(1).Dispose();
        Console.WriteLine(FormattableString.Invariant($"libtorch: {watch.Elapsed.TotalSeconds:0.000} s"));
    }

    private static void Load(string path)
    {
        var megabytes = new FileInfo(path).Length / 1e6;
        Console.WriteLine(FormattableString.Invariant($"{Path.GetFileName(path)}, {megabytes:0.0} MB: {Seconds(path):0.000} s, again {Seconds(path):0.000} s"));
    }

    private static double Seconds(string path)
    {
        var watch = Stopwatch.StartNew();
        var model = new MLContext().Model.Load(path, out _);
        var seconds = watch.Elapsed.TotalSeconds;
        (model as IDisposable)?.Dispose();
        return seconds;
    }
}
