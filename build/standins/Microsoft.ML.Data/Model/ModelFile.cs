using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The zip that holds a chain of transformers and the schema of their input.</summary>
internal static class ModelFile
{
    private const string ChainFolder = "TransformerChain";
    private const string SchemaEntry = "Schema";
    private const string TrainingInfoFolder = "TrainingInfo";
    private const string VersionEntry = "Version.txt";

    public static void Save(ITransformer model, DataViewSchema inputSchema, Stream stream)
    {
        using var repository = new RepositoryWriter(stream);
        repository.Add(TrainingInfoFolder, VersionEntry, new MemoryStream(Encoding.UTF8.GetBytes("stand-in for 5.0.0")));
        ModelSaveContext.SaveModel(repository, model is ITransformerChain ? model : new TransformerChain<ITransformer>(model), ChainFolder);
        if (inputSchema != null)
            repository.Add("", SchemaEntry, new MemoryStream(SchemaJson.Write(inputSchema)));
    }

    public static ITransformer Load(IHostEnvironment env, Stream stream, out DataViewSchema inputSchema)
    {
        using var repository = new RepositoryReader(stream);
        using (var schema = repository.OpenOrNull("", SchemaEntry))
            inputSchema = schema == null ? null : SchemaJson.Read(schema);
        ModelLoadContext.LoadModel<ITransformer, SignatureLoadModel>(env, out var model, repository, ChainFolder);
        return model;
    }
}
