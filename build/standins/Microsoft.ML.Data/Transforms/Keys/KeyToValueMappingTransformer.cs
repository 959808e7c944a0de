using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(typeof(KeyToValueMappingTransformer), null, typeof(SignatureLoadModel), "Key To Value Transform",
    KeyToValueMappingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

/// <summary>Maps keys to the values in their column's annotation; the missing key becomes the missing or default value.</summary>
public sealed class KeyToValueMappingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "KeyToValueTransform";

    internal KeyToValueMappingTransformer(IHostEnvironment env, InputOutputColumnPair[] columns)
        : base(env.Register("KeyToValueMappingTransformer"), columns)
    {
    }

    private static VersionInfo Version => ModelFormat.Of("KEY2VALS", LoaderSignature, typeof(KeyToValueMappingTransformer));

    private static KeyToValueMappingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
        => new(env, InputOutputColumnPair.LoadAll(ctx.Begin(Version)));

    private protected override void SaveModel(ModelSaveContext ctx) => InputOutputColumnPair.Save(ctx.Begin(Version), Columns);

    private protected override AddedColumn MakeColumn(int index, string name, DataViewSchema.Column input)
    {
        var vector = input.Type as VectorDataViewType;
        if ((vector?.ItemType ?? input.Type) is not KeyDataViewType keyType)
            throw Shapes.Mismatch("input", input.Name, "key type", input.Type.ToString());
        if (input.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues)?.Type is not VectorDataViewType values)
            throw Shapes.Mismatch("input", input.Name, $"annotation {AnnotationKinds.KeyValues}", "no such annotation");

        var type = vector == null ? (DataViewType)values.ItemType : new VectorDataViewType(values.ItemType, vector.Dimensions);
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(input.Annotations, kind => kind == AnnotationKinds.SlotNames);
        return new AddedColumn(name, type, annotations.ToAnnotations(), [input.Index], row => Generic.Call<Delegate>(
            (Func<DataViewRow, DataViewSchema.Column, Delegate>)KeyToValue.MakeGetter<uint, int>,
            [keyType.RawType, values.ItemType.RawType], row, row.Schema[input.Index]));
    }
}
