using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

[assembly: LoadableClass(
    typeof(TransformerChain<ITransformer>), typeof(TransformerChain), null, typeof(SignatureLoadModel), "Transformer chain", TransformerChain.LoaderSignature)]

namespace Microsoft.ML.Data;

/// <summary>A chain of whatever last transformer.</summary>
internal interface ITransformerChain
{
    ITransformer[] Transformers { get; }

    TransformerScope[] Scopes { get; }
}

/// <summary>Saves and loads chains: a folder for each transformer.</summary>
internal static class TransformerChain
{
    public const string LoaderSignature = "TransformerChain";

    private static VersionInfo Version => new(
        modelSignature: "XFORMCHN",
        verWrittenCur: 0x00010001,
        verReadableCur: 0x00010001,
        verWeCanReadBack: 0x00010001,
        loaderAssemblyName: typeof(TransformerChain).Assembly.GetName().Name,
        loaderSignature: LoaderSignature);

    public static void Save(ITransformerChain chain, ModelSaveContext ctx)
    {
        ctx.CheckAtModel();
        ctx.SetVersionInfo(Version);
        ctx.Writer.Write(chain.Transformers.Length);
        for (var i = 0; i < chain.Transformers.Length; i++)
        {
            ctx.Writer.Write((int)chain.Scopes[i]);
            ctx.SaveModel(chain.Transformers[i], Folder(i));
        }
    }

    public static TransformerChain<ITransformer> Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        var count = ctx.Reader.ReadInt32();
        env.CheckDecode(count >= 0);
        var transformers = new List<ITransformer>();
        var scopes = new List<TransformerScope>();
        for (var i = 0; i < count; i++)
        {
            scopes.Add((TransformerScope)ctx.Reader.ReadInt32());
            ctx.LoadModel<ITransformer, SignatureLoadModel>(env, out var transformer, Folder(i));
            transformers.Add(transformer);
        }

        return new TransformerChain<ITransformer>(transformers, scopes);
    }

    private static string Folder(int index) => $"Transform_{index:000}";
}
