using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Tool.Input;

namespace Microsoft.ML.DeepClustering.Tool.Modelling;

/// <summary>model.zip: a model of ML.NET that has the description of its input as one more entry, which ML.NET passes over.</summary>
internal static class ModelFile
{
    /// <summary>The file that train writes.</summary>
    public const string Name = "model.zip";

    /// <summary>The entry of the description.</summary>
    public const string Entry = "deep-cluster.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    public static void Save(MLContext ml, ClusterModel model, DataViewSchema inputSchema, string path)
    {
        ml.Model.Save(model.Whole, inputSchema, path);
        using var archive = ZipFile.Open(path, ZipArchiveMode.Update);
        using var entry = archive.CreateEntry(Entry).Open();
        JsonSerializer.Serialize(entry, model.Input, Json);
    }

    public static (ClusterModel Model, DataViewSchema InputSchema) Load(MLContext ml, string path)
    {
        using var file = InputFile.OpenAsIs(path);
        var description = ReadDescription(file, path);
        file.Position = 0;
        ITransformer whole;
        DataViewSchema schema;
        try
        {
            whole = ml.Model.Load(file, out schema);
        }
        catch (Exception e)
        {
            throw new ToolFault($"{path} cannot be loaded as a model: {e.GetBaseException().Message}", e);
        }

        return whole switch
        {
            DeepClusteringTransformer trained => (new(null, trained, description), schema),
            IEnumerable<ITransformer> chain when chain.ToArray() is [.. var steps, DeepClusteringTransformer trained] => (new(new TransformerChain<ITransformer>(steps), trained, description), schema),
            _ => throw new ToolFault($"{path} holds a model, but not one of deep clustering."),
        };
    }

    private static InputDescription ReadDescription(Stream file, string path)
    {
        InputDescription? description;
        try
        {
            using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            using var entry = (archive.GetEntry(Entry) ?? throw new ToolFault($"{path} has no entry {Entry}: it is not a model that deep-cluster train has written.")).Open();
            description = JsonSerializer.Deserialize<InputDescription>(entry, Json);
        }
        catch (InvalidDataException e)
        {
            throw new ToolFault($"{path} is not a model, or it is damaged: {e.Message}", e);
        }
        catch (JsonException e)
        {
            throw new ToolFault($"{path} is damaged: its entry {Entry} cannot be read.", e);
        }

        return description is { Format: <= InputDescription.CurrentFormat }
            ? description
            : throw new ToolFault($"{path} was written by a newer version of deep-cluster; update this one.");
    }
}
