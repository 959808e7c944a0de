using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(typeof(ColumnCopyingTransformer), null, typeof(SignatureLoadModel), "Copy Columns Transform",
    ColumnCopyingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

/// <summary>Copies columns under new names.</summary>
public sealed class ColumnCopyingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "CopyTransform";

    internal ColumnCopyingTransformer(IHostEnvironment env, InputOutputColumnPair[] columns)
        : base(env.Register("ColumnCopyingTransformer"), columns)
    {
    }

    private static VersionInfo Version => ModelFormat.Of("COPYCOLS", LoaderSignature, typeof(ColumnCopyingTransformer));

    private static ColumnCopyingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
        => new(env, InputOutputColumnPair.LoadAll(ctx.Begin(Version)));

    private protected override void SaveModel(ModelSaveContext ctx) => InputOutputColumnPair.Save(ctx.Begin(Version), Columns);

    private protected override AddedColumn MakeColumn(int index, string name, DataViewSchema.Column input)
        => new(name, input.Type, input.Annotations, [input.Index],
            row => Generic.Call<Delegate>((Func<DataViewSchema.Column, Delegate>)row.GetGetter<int>, [input.Type.RawType], row.Schema[input.Index]));
}
