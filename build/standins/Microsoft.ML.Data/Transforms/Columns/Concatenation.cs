namespace Microsoft.ML.Data;

/// <summary>The values and annotations of joined columns.</summary>
internal static class Concatenation
{
    private delegate void Reader<T>(List<T> target);

    public static Delegate MakeGetter<T>(DataViewRow row, DataViewSchema.Column[] columns)
    {
        var readers = Array.ConvertAll(columns, column => column.Type is VectorDataViewType ? VectorReader<T>(row, column) : ScalarReader<T>(row, column));
        var values = new List<T>();
        return (ValueGetter<VBuffer<T>>)((ref VBuffer<T> target) =>
        {
            values.Clear();
            foreach (var read in readers)
                read(values);
            var editor = VBufferEditor.Create(ref target, values.Count);
            values.CopyTo(editor.Values);
            target = editor.Commit();
        });
    }

    public static DataViewSchema.Annotations Annotations(DataViewSchema.Column[] columns, VectorDataViewType type)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        if (columns.All(column => column.IsMarkedNormalized()))
            builder.AddPrimitiveValue(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, true);
        if (type.IsKnownSize && columns.Any(column => column.Type is not VectorDataViewType || column.Annotations.Has(AnnotationKinds.SlotNames)))
            builder.AddValues(AnnotationKinds.SlotNames, TextDataViewType.Instance, columns.SelectMany(SlotNames).ToArray());
        return builder.ToAnnotations();
    }

    private static IEnumerable<ReadOnlyMemory<char>> SlotNames(DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType vector)
            return [column.Name.AsMemory()];
        if (!column.Annotations.Has(AnnotationKinds.SlotNames))
            return new ReadOnlyMemory<char>[vector.Size];
        var names = default(VBuffer<ReadOnlyMemory<char>>);
        column.Annotations.GetValue(AnnotationKinds.SlotNames, ref names);
        return names.DenseValues().Select(name => name.IsEmpty ? name : $"{column.Name}.{name}".AsMemory());
    }

    private static Reader<T> ScalarReader<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var get = row.GetGetter<T>(row.Schema[column.Index]);
        return target =>
        {
            var value = default(T);
            get(ref value);
            target.Add(value);
        };
    }

    private static Reader<T> VectorReader<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var get = row.GetGetter<VBuffer<T>>(row.Schema[column.Index]);
        var value = default(VBuffer<T>);
        return target =>
        {
            get(ref value);
            if (value.IsDense)
                target.AddRange(value.GetValues());
            else
                target.AddRange(value.DenseValues());
        };
    }
}
