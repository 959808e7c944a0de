using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(typeof(NormalizingTransformer), null, typeof(SignatureLoadModel), "Normalizer", NormalizingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

/// <summary>Scales columns as learnt.</summary>
public sealed class NormalizingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "Normalizer";

    private readonly AffineNormalizer[] _normalizers;

    internal NormalizingTransformer(IHostEnvironment env, InputOutputColumnPair[] columns, AffineNormalizer[] normalizers)
        : base(env.Register("NormalizingTransformer"), columns)
        => _normalizers = normalizers;

    private static VersionInfo Version => ModelFormat.Of("NORMSTND", LoaderSignature, typeof(NormalizingTransformer));

    public NormalizerModelParametersBase GetNormalizerModelParameters(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, _normalizers.Length);
        return _normalizers[index].Parameters;
    }

    private static NormalizingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        var reader = ctx.Begin(Version);
        var columns = InputOutputColumnPair.LoadAll(reader);
        return new NormalizingTransformer(env, columns, Array.ConvertAll(columns, _ => AffineNormalizer.Load(reader)));
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        var writer = ctx.Begin(Version);
        InputOutputColumnPair.Save(writer, Columns);
        foreach (var normalizer in _normalizers)
            normalizer.Save(writer);
    }

    private protected override AddedColumn MakeColumn(int index, string name, DataViewSchema.Column input)
    {
        var normalizer = _normalizers[index];
        normalizer.Check(input);
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(input.Annotations, kind => kind == AnnotationKinds.SlotNames);
        annotations.AddPrimitiveValue(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, true);
        return new AddedColumn(name, input.Type, annotations.ToAnnotations(), [input.Index],
            row => normalizer.MakeGetter(row, row.Schema[input.Index]));
    }

    /// <summary>What a normalizer has learnt.</summary>
    public abstract class NormalizerModelParametersBase
    {
        private protected NormalizerModelParametersBase()
        {
        }
    }

    /// <summary>The scale and offset of y = (x - offset) * scale.</summary>
    public sealed class AffineNormalizerModelParameters<TData> : NormalizerModelParametersBase
    {
        internal AffineNormalizerModelParameters(TData scale, TData offset)
        {
            Scale = scale;
            Offset = offset;
        }

        public TData Scale { get; }

        public TData Offset { get; }
    }
}
