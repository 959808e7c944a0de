using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.ML.DeepClustering.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Persistence;

/// <summary>The entries of a saved model: options and history as JSON, weights as safetensors. Nothing in them is code.</summary>
internal static class ModelFile
{
    private const string OptionsEntry = "Options.json";
    private const string WeightsEntry = "Weights.safetensors";
    private const string HistoryEntry = "History.json";

    private const int Format = 1;

    /// <summary>How options and histories are written.</summary>
    internal static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
    };

    public static IEnumerable<(string Name, byte[] Content)> Write(TrainedModel model)
    {
        using var use = model.Use();
        var options = JsonSerializer.SerializeToElement(model.Options, model.Options.GetType(), Json);
        var weights = SafeTensors.Write(model.Method.state_dict());
        var header = new Header(Format, model.Options.MethodName, model.Shape.Dimensions, Hash(weights), options);
        return
        [
            (OptionsEntry, JsonSerializer.SerializeToUtf8Bytes(header, Json)),
            (WeightsEntry, weights),
            (HistoryEntry, JsonSerializer.SerializeToUtf8Bytes(model.History, Json)),
        ];
    }

    /// <summary>Builds the model anew. Each fault is one sentence that names the entry.</summary>
    public static TrainedModel Read(Func<string, byte[]> entry, Device device)
    {
        var (options, shape, hash) = ReadOptions(entry(OptionsEntry));
        var history = Parse<TrainingHistory>(entry(HistoryEntry), HistoryEntry);
        if (history.Runs is null || history.BestRunIndex < 0 || history.BestRunIndex >= history.Runs.Count)
            throw Damaged(HistoryEntry, "its runs and the index of the best one do not fit");
        var content = entry(WeightsEntry);
        var weights = SafeTensors.Read(content, WeightsEntry);
        // Neither the zip's reader nor the format of the weights would notice a changed value.
        if (Hash(content) != hash)
            throw Damaged(WeightsEntry, $"its SHA-256 is not the one in {OptionsEntry}");
        var elements = weights.Sum(w => w.Value.Elements);
        // The smallest network has more weights than this; a damaged size must not ask for memory without bound.
        if (shape.Size / 16 > elements || options.LeastWeights > elements)
            throw Damaged(OptionsEntry, $"samples of {shape}, {options.NumberOfClusters} clusters and the sizes of the network do not fit {elements} weights in {WeightsEntry}");

        var method = options.CreateMethod(shape, _ => { });
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

    private static string Hash(byte[] content) => Convert.ToHexString(SHA256.HashData(content));

    private static (DeepClusteringOptions Options, InputShape Shape, string Hash) ReadOptions(byte[] content)
    {
        var header = Parse<Header>(content, OptionsEntry);
        if (header.Format > Format)
            throw new InvalidDataException($"The deep clustering model's {OptionsEntry} has format {header.Format}, and this version of Microsoft.ML.DeepClustering reads up to {Format}; update the package.");
        if (header.Method is null || !MethodNames.OptionTypes.TryGetValue(header.Method, out var type))
            throw Damaged(OptionsEntry, $"method '{header.Method}' is not one of {string.Join(", ", MethodNames.OptionTypes.Keys)}");
        if (header.Shape is not { Length: 1 or 3 } dimensions || dimensions.Any(d => d is < 1 or > int.MaxValue) || new InputShape(dimensions).Size > int.MaxValue)
            throw Damaged(OptionsEntry, "the shape of a sample must be one or three positive sizes");
        try
        {
            var options = (DeepClusteringOptions)header.Options.Deserialize(type, Json)!;
            var faults = new OptionFaults();
            options.Validate(faults);
            faults.ThrowIfAny(header.Method);
            return (options, new InputShape(dimensions), header.WeightsSha256);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException or NullReferenceException)
        {
            throw Damaged(OptionsEntry, e.Message);
        }
    }

    private static T Parse<T>(byte[] content, string entry)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(content, Json) ?? throw Damaged(entry, "it is empty");
        }
        catch (JsonException e)
        {
            throw Damaged(entry, e.Message);
        }
    }

    internal static InvalidDataException Damaged(string entry, string why)
        => new($"The deep clustering model's entry {entry} is damaged: {why.TrimEnd('.')}.");

    private sealed record Header(int Format, string Method, long[] Shape, string WeightsSha256, JsonElement Options);
}
