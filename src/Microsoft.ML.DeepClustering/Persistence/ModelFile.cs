using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Scoring;
using Microsoft.ML.DeepClustering.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Persistence;

/// <summary>The entries of a saved model: options and history as JSON, weights as safetensors. Nothing in them is code.</summary>
internal static class ModelFile
{
    private const string WeightsEntry = "Weights.safetensors";

    // A message must not carry a stranger's megabytes into a log.
    private const int LongestReason = 600;

    /// <summary>All entries, in memory: nothing is written of a model that cannot be saved whole.</summary>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    /// <exception cref="InvalidOperationException">A tensor has been freed, or has values that are not finite.</exception>
    public static IEnumerable<(string Name, byte[] Content)> Write(TrainedModel model)
    {
        using var use = model.Use();
        using var session = TorchSession.WithoutGradients();
        var state = model.Method.state_dict();
        SafeTensors.ThrowIfFreed([.. model.TensorNames.Where(n => !state.ContainsKey(n))], model.TensorNames.Count);
        var weights = SafeTensors.Write(state);
        if (NotFinite(SafeTensors.Read(weights, WeightsEntry)) is { } name)
            throw new InvalidOperationException($"The model's tensor {name} has values that are NaN or infinite, so it cannot score and is not saved; train again with a lower learning rate.");
        var options = (OptionsEntry.Name, OptionsEntry.Write(model.Options, model.Shape, ChecksumsEntry.Compute(weights)));
        var history = (HistoryEntry.Name, HistoryEntry.Write(model.History));
        return [options, (WeightsEntry, weights), history, (ChecksumsEntry.Name, ChecksumsEntry.Write([options, history]))];
    }

    /// <summary>Builds the model anew.</summary>
    /// <param name="entry">The content of the entry of a name, or null if the file has none.</param>
    /// <param name="device">Where the model goes.</param>
    /// <exception cref="InvalidDataException">An entry is missing or damaged; one sentence that names it.</exception>
    public static TrainedModel Read(Func<string, byte[]?> entry, Device device)
    {
        var (optionsContent, historyContent) = (Required(entry, OptionsEntry.Name), Required(entry, HistoryEntry.Name));
        if (entry(ChecksumsEntry.Name) is { } checksums)
            ChecksumsEntry.Check(checksums, [(OptionsEntry.Name, optionsContent), (HistoryEntry.Name, historyContent)]);
        var (options, shape, hash) = OptionsEntry.Read(optionsContent);
        var history = HistoryEntry.Read(historyContent);
        var content = Required(entry, WeightsEntry);
        var weights = SafeTensors.Read(content, WeightsEntry);
        // Neither the zip's reader nor the format of the weights would notice a changed value.
        if (ChecksumsEntry.Compute(content) != hash)
            throw Damaged(WeightsEntry, $"its SHA-256 is not the one in {OptionsEntry.Name}");
        // The file may be forged with the right hash: sizes and values must be sound before a network is made.
        CheckSize(options, shape, weights);
        CheckFinite(weights);

        using var session = TorchSession.WithoutGradients();
        var method = options.CreateMethod(shape);
        try
        {
            SafeTensors.CopyTo(weights, method.state_dict(), WeightsEntry);
            if (device.type != DeviceType.CPU)
                method.to(device);
            return new TrainedModel(options, shape, method, history, device);
        }
        catch
        {
            method.Dispose();
            throw;
        }
    }

    /// <summary>The error of an entry that cannot be what was saved: one sentence on one line.</summary>
    internal static InvalidDataException Damaged(string entry, string why)
    {
        var reason = why.Length <= LongestReason ? why : why[..LongestReason] + "…";
        var line = string.Concat(reason.Select(c => char.IsControl(c) ? ' ' : c));
        return new($"The deep clustering model's entry {entry} is damaged: {line.TrimEnd('.')}.");
    }

    /// <summary>What to say before a training whose model will not fit into a file; null where it may fit.</summary>
    /// <param name="options">Of the training.</param>
    /// <param name="shape">Of a sample.</param>
    /// <exception cref="InvalidOperationException">The options have an executor, whose runs would fail.</exception>
    public static string? SizeWarning(DeepClusteringOptions options, InputShape shape)
    {
        var bytes = (options.MinimumWeights(shape) + options.MirroredWeights(shape)) * sizeof(float);
        if (bytes <= Array.MaxLength)
            return null;
        var what = FormattableString.Invariant($"The network for samples of {shape} and these options has weights of about {(double)bytes / (1 << 30):0.0} GiB, and a file holds 2 GiB: ");
        return options.RunExecutor is null
            ? $"{what}the model can score in this program and cannot be saved. {options.SizeAdvice(shape)}"
            : throw new InvalidOperationException($"{what}the runs of a RunExecutor, which end in files, would fail. {options.SizeAdvice(shape)}");
    }

    private static byte[] Required(Func<string, byte[]?> entry, string name)
        => entry(name) ?? throw new InvalidDataException($"The deep clustering model has no entry {name}; the file is damaged or was not written completely.");

    private static void CheckSize(DeepClusteringOptions options, InputShape shape, IReadOnlyDictionary<string, StoredTensor> weights)
    {
        var stored = weights.Sum(w => w.Value.Elements);
        if (MinimumWeightsOf(options, shape) > stored)
            throw Damaged(OptionsEntry.Name, $"samples of {shape}, {options.NumberOfClusters} clusters and the sizes of the network do not fit {stored} weights in {WeightsEntry}");
    }

    private static Int128 MinimumWeightsOf(DeepClusteringOptions options, InputShape shape)
    {
        try
        {
            // What a training would refuse is told as damage, and not by the model that is made of it.
            _ = options.PreparationFor(shape);
            return options.MinimumWeights(shape);
        }
        catch (ArgumentException e)
        {
            throw Damaged(OptionsEntry.Name, e.Message);
        }
    }

    private static void CheckFinite(IReadOnlyDictionary<string, StoredTensor> weights)
    {
        if (NotFinite(weights) is { } name)
            throw Damaged(WeightsEntry, $"tensor {name} has values that are NaN or infinite, which would make every score NaN");
    }

    private static string? NotFinite(IReadOnlyDictionary<string, StoredTensor> weights) => weights.FirstOrDefault(w => !w.Value.IsFinite()).Key;
}
