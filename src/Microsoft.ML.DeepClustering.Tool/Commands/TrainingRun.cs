using System.Diagnostics;
using Microsoft.ML.DeepClustering.Tool.Input;
using Microsoft.ML.DeepClustering.Tool.Modelling;
using Microsoft.ML.DeepClustering.Tool.Progress;

namespace Microsoft.ML.DeepClustering.Tool.Commands;

/// <summary>A training with its checkpoint in the output folder.</summary>
internal sealed class TrainingRun(MLContext ml, CommandContext context, string folder)
{
    /// <summary>The file of the checkpoint.</summary>
    public const string CheckpointName = "training.checkpoint";

    private static readonly string[] Advice = [" Train as it was begun", " Delete the file"];

    private readonly string _checkpoint = Path.Combine(folder, CheckpointName);

    /// <summary>The rows with their features, once they were trained on.</summary>
    public IDataView? Data { get; private set; }

    /// <param name="input">The rows.</param>
    /// <param name="options">The method.</param>
    /// <param name="fresh">Without an older checkpoint.</param>
    public ClusterModel Train(LoadedInput input, DeepClusteringOptions options, bool fresh)
    {
        if (fresh)
            DeleteCheckpoint();
        else if (File.Exists(_checkpoint))
            context.Console.Line($"Going on from {_checkpoint}");
        options.CheckpointPath = _checkpoint;
        try
        {
            var watch = Stopwatch.StartNew();
            var preparation = Preparation.Create(ml, input.Description)?.Fit(input.Features);
            Data = ClusterModel.Prepare(ml, input, preparation);
            context.Console.Line($"Training {MethodCatalog.NameOf(options)} for {options.NumberOfClusters} clusters");
            var trained = context.Console.Train(progress =>
            {
                options.Progress = progress;
                return ml.Clustering.Trainers.DeepClustering(options).Fit(Data);
            });
            context.Console.Line($"Trained in {TimeText.Of(watch.Elapsed)}");
            return new(preparation, trained, input.Description);
        }
        catch (Exception e) when (e is InvalidOperationException or InvalidDataException && e.Message.StartsWith("The checkpoint ", StringComparison.Ordinal))
        {
            throw new ToolFault($"{WithoutAdvice(e.Message)} The option --fresh deletes it and begins anew; another --output leaves it as it is.", e);
        }
    }

    public void DeleteCheckpoint() => File.Delete(_checkpoint);

    /// <summary>Where there is a checkpoint, says where and how to go on from there.</summary>
    /// <param name="found">The number of clusters that a scan has found; null where the command line names it.</param>
    public void SayHowToGoOn(int? found)
    {
        if (!File.Exists(_checkpoint))
            return;
        var arguments = context.Arguments.Where(a => a != "--fresh").Select(Quoted);
        context.Console.Line($"Stopped. The checkpoint is {_checkpoint}; go on with");
        context.Console.Line($"  deep-cluster {string.Join(' ', found == null ? arguments : [.. arguments, "--clusters", $"{found}"])}");
    }

    // The library advises programs: an option of the tool is wanted here.
    private static string WithoutAdvice(string message)
    {
        var end = Array.ConvertAll(Advice, a => message.IndexOf(a, StringComparison.Ordinal)).Where(i => i >= 0).DefaultIfEmpty(message.Length).Min();
        return message[..end];
    }

    private static string Quoted(string argument) => argument.Length > 0 && argument.All(c => char.IsLetterOrDigit(c) || "-_./\\:,=+".Contains(c)) ? argument : $"\"{argument.Replace("\"", "\\\"")}\"";
}
