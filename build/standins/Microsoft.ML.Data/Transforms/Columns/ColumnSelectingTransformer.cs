using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(typeof(ColumnSelectingTransformer), null, typeof(SignatureLoadModel), "Select Columns Transform",
    ColumnSelectingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

/// <summary>Keeps the named columns, in the order of the names, or all but the named ones.</summary>
public sealed class ColumnSelectingTransformer : ITransformer
{
    internal const string LoaderSignature = "SelectColumnsTransform";

    private readonly string[] _names;
    private readonly bool _keep;

    internal ColumnSelectingTransformer(string[] names, bool keep)
    {
        ArgumentNullException.ThrowIfNull(names);
        _names = names;
        _keep = keep;
    }

    bool ITransformer.IsRowToRowMapper => true;

    private static VersionInfo Version => ModelFormat.Of("SELCOLSS", LoaderSignature, typeof(ColumnSelectingTransformer));

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => MakeSelection(inputSchema).OutputSchema;

    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new SelectedDataView(input, MakeSelection(input.Schema));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => MakeSelection(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        var writer = ctx.Begin(Version);
        writer.Write(_keep);
        writer.Write(_names.Length);
        foreach (var name in _names)
            writer.Write(name);
    }

    private static ColumnSelectingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        var reader = ctx.Begin(Version);
        var keep = reader.ReadBoolean();
        var names = new string[reader.ReadInt32()];
        for (var i = 0; i < names.Length; i++)
            names[i] = reader.ReadString();
        return new ColumnSelectingTransformer(names, keep);
    }

    private ColumnSelection MakeSelection(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var named = Array.ConvertAll(_names, name => inputSchema.Require(name).Index);
        var sources = _keep
            ? named
            : inputSchema.Where(column => !_names.Contains(column.Name)).Select(column => column.Index).ToArray();
        return new ColumnSelection(inputSchema, sources);
    }
}
