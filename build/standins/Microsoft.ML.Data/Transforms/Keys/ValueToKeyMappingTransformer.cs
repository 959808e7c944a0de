using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(typeof(ValueToKeyMappingTransformer), null, typeof(SignatureLoadModel), "Term Transform",
    ValueToKeyMappingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

/// <summary>Maps values to the keys that were learnt for them; a value that was not seen is the missing key.</summary>
public sealed class ValueToKeyMappingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "TermTransform";

    private readonly TermMap[] _terms;
    private readonly bool _textAnnotations;

    internal ValueToKeyMappingTransformer(IHostEnvironment env, InputOutputColumnPair[] columns, TermMap[] terms, bool textAnnotations)
        : base(env.Register("ValueToKeyMappingTransformer"), columns)
    {
        _terms = terms;
        _textAnnotations = textAnnotations;
    }

    private static VersionInfo Version => ModelFormat.Of("TERMTRNS", LoaderSignature, typeof(ValueToKeyMappingTransformer));

    private static ValueToKeyMappingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        var reader = ctx.Begin(Version);
        var columns = InputOutputColumnPair.LoadAll(reader);
        var textAnnotations = reader.ReadBoolean();
        var terms = new TermMap[columns.Length];
        for (var i = 0; i < terms.Length; i++)
            terms[i] = TermMap.Load(reader);
        return new ValueToKeyMappingTransformer(env, columns, terms, textAnnotations);
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        var writer = ctx.Begin(Version);
        InputOutputColumnPair.Save(writer, Columns);
        writer.Write(_textAnnotations);
        foreach (var map in _terms)
            map.Save(writer);
    }

    private protected override AddedColumn MakeColumn(int index, string name, DataViewSchema.Column input)
    {
        var terms = _terms[index];
        var vector = input.Type as VectorDataViewType;
        var itemType = vector?.ItemType ?? input.Type;
        if (!itemType.Equals(terms.ItemType))
            throw Shapes.Mismatch("input", input.Name, terms.ItemType.ToString(), itemType.ToString());

        var keyType = new KeyDataViewType(typeof(uint), Math.Max(terms.Count, 1));
        var type = vector == null ? (DataViewType)keyType : new VectorDataViewType(keyType, vector.Dimensions);
        var annotations = new DataViewSchema.Annotations.Builder();
        terms.AddAnnotation(annotations, _textAnnotations);
        annotations.Add(input.Annotations, kind => kind == AnnotationKinds.SlotNames);
        return new AddedColumn(name, type, annotations.ToAnnotations(), [input.Index],
            row => terms.MakeGetter(row, row.Schema[input.Index], vector != null));
    }
}
