using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

[assembly: LoadableClass(typeof(TextLoader), null, typeof(SignatureLoadModel), "Text Loader", TextLoader.LoaderSignature)]

namespace Microsoft.ML.Data;

/// <summary>Loads rows from lines of text. The files are read anew by each cursor.</summary>
public sealed partial class TextLoader : IDataLoader<IMultiStreamSource>
{
    internal const string LoaderSignature = "TextLoader";

    private readonly IHost _host;
    private readonly Options _options;
    private readonly TextSchema _schema;

    /// <param name="dataSample">What the number of fields is taken from where a column reaches to the last; may be null.</param>
    internal TextLoader(IHostEnvironment env, Options options, IMultiStreamSource dataSample)
    {
        ArgumentNullException.ThrowIfNull(options);
        _host = env.Register(LoaderSignature);
        _options = TextOptions.Complete(_host, options);
        _schema = new TextSchema(_host, _options, dataSample);
    }

    private static VersionInfo Version => ModelFormat.Of("TXTLOADS", LoaderSignature, typeof(TextLoader));

    public DataViewSchema GetOutputSchema() => _schema.Schema;

    public IDataView Load(IMultiStreamSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        for (var i = 0; i < source.Count; i++)
        {
            if (source.GetPathOrNull(i) is { } path && !File.Exists(path))
                throw _host.ExceptUserArg(nameof(source), $"File does not exist at path: {path}");
        }

        return new TextDataView(_schema, _options, source);
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => TextOptions.Save(ctx.Begin(Version), _options, _schema.InputSize);

    private static TextLoader Create(IHostEnvironment env, ModelLoadContext ctx) => new(env, TextOptions.Load(ctx.Begin(Version)), null);
}
