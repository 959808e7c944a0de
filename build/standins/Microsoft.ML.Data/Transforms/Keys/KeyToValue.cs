namespace Microsoft.ML.Data;

/// <summary>Reads the values that keys stand for.</summary>
internal static class KeyToValue
{
    public static Delegate MakeGetter<TKey, TValue>(DataViewRow row, DataViewSchema.Column column)
        where TKey : struct, IConvertible
    {
        var buffer = default(VBuffer<TValue>);
        column.Annotations.GetValue(AnnotationKinds.KeyValues, ref buffer);
        var values = buffer.DenseValues().ToArray();
        if (column.Type is not VectorDataViewType)
        {
            var get = row.GetGetter<TKey>(column);
            var key = default(TKey);
            return (ValueGetter<TValue>)((ref TValue target) =>
            {
                get(ref key);
                target = Lookup(values, key.ToUInt64(null));
            });
        }

        var getVector = row.GetGetter<VBuffer<TKey>>(column);
        var vector = default(VBuffer<TKey>);
        return (ValueGetter<VBuffer<TValue>>)((ref VBuffer<TValue> target) =>
        {
            getVector(ref vector);
            var editor = VBufferEditor.Create(ref target, vector.Length);
            var i = 0;
            foreach (var item in vector.DenseValues())
                editor.Values[i++] = Lookup(values, item.ToUInt64(null));
            target = editor.Commit();
        });
    }

    private static TValue Lookup<TValue>(TValue[] values, ulong key)
        => key >= 1 && key <= (ulong)values.Length ? values[key - 1] : Missing<TValue>.Value;

    private static class Missing<TValue>
    {
        public static readonly TValue Value = default(TValue) switch
        {
            float => (TValue)(object)float.NaN,
            double => (TValue)(object)double.NaN,
            _ => default,
        };
    }
}
