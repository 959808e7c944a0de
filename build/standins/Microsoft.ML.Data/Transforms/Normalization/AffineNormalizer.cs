using System.Collections.Immutable;
using System.Numerics;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Data;

/// <summary>Maps each slot of a column by y = (x - offset) * scale.</summary>
internal abstract class AffineNormalizer
{
    public abstract NormalizingTransformer.NormalizerModelParametersBase Parameters { get; }

    public static AffineNormalizer Load(BinaryReader reader)
        => (DataKind)reader.ReadByte() == DataKind.Single ? AffineNormalizer<float>.LoadSlots(reader) : AffineNormalizer<double>.LoadSlots(reader);

    public abstract void Save(BinaryWriter writer);

    public abstract void Check(DataViewSchema.Column input);

    public abstract Delegate MakeGetter(DataViewRow row, DataViewSchema.Column column);
}

/// <param name="scale">A value a slot.</param>
/// <param name="offset">A value a slot; null where zero stays zero.</param>
internal sealed class AffineNormalizer<T>(T[] scale, T[] offset, bool isVector) : AffineNormalizer
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly PrimitiveDataViewType _itemType = DataKinds.NumberOf(typeof(T));

    public override NormalizingTransformer.NormalizerModelParametersBase Parameters => isVector
        ? new NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<T>>([.. scale], offset == null ? [] : [.. offset])
        : new NormalizingTransformer.AffineNormalizerModelParameters<T>(scale[0], offset == null ? T.Zero : offset[0]);

    public static AffineNormalizer<T> LoadSlots(BinaryReader reader)
    {
        var isVector = reader.ReadBoolean();
        var count = reader.ReadInt32();
        var hasOffset = reader.ReadBoolean();
        return new AffineNormalizer<T>(ReadAll(reader, count), hasOffset ? ReadAll(reader, count) : null, isVector);
    }

    public override void Save(BinaryWriter writer)
    {
        writer.Write((byte)DataKinds.KindOf(_itemType));
        writer.Write(isVector);
        writer.Write(scale.Length);
        writer.Write(offset != null);
        foreach (var value in offset == null ? scale : [.. scale, .. offset])
            ValueIO.Write(writer, value);
    }

    public override void Check(DataViewSchema.Column input)
    {
        var fits = isVector
            ? input.Type is VectorDataViewType vector && vector.ItemType.Equals(_itemType) && vector.Size == scale.Length
            : input.Type.Equals(_itemType);
        if (!fits)
            throw Shapes.Mismatch("input", input.Name, isVector ? $"Vector<{_itemType}, {scale.Length}>" : _itemType.ToString(), input.Type.ToString());
    }

    public override Delegate MakeGetter(DataViewRow row, DataViewSchema.Column column)
    {
        if (!isVector)
        {
            var get = row.GetGetter<T>(column);
            return (ValueGetter<T>)((ref T target) =>
            {
                get(ref target);
                target = offset == null ? target * scale[0] : (target - offset[0]) * scale[0];
            });
        }

        var getVector = row.GetGetter<VBuffer<T>>(column);
        var source = default(VBuffer<T>);
        return (ValueGetter<VBuffer<T>>)((ref VBuffer<T> target) =>
        {
            getVector(ref source);
            if (offset == null && !source.IsDense)
                ScaleSparse(source, ref target);
            else
                Map(source, ref target);
        });
    }

    private static T[] ReadAll(BinaryReader reader, int count)
    {
        var values = new T[count];
        for (var i = 0; i < count; i++)
            values[i] = ValueIO.Read<T>(reader);
        return values;
    }

    private void Map(in VBuffer<T> source, ref VBuffer<T> target)
    {
        var editor = VBufferEditor.Create(ref target, source.Length);
        var values = editor.Values;
        source.CopyTo(values);
        for (var i = 0; i < values.Length; i++)
            values[i] = offset == null ? values[i] * scale[i] : (values[i] - offset[i]) * scale[i];
        target = editor.Commit();
    }

    private void ScaleSparse(in VBuffer<T> source, ref VBuffer<T> target)
    {
        var values = source.GetValues();
        var indices = source.GetIndices();
        var editor = VBufferEditor.Create(ref target, source.Length, values.Length);
        indices.CopyTo(editor.Indices);
        for (var i = 0; i < values.Length; i++)
            editor.Values[i] = values[i] * scale[indices[i]];
        target = editor.Commit();
    }
}
