namespace Microsoft.ML.Data;

/// <summary>The names of annotations, and making them.</summary>
internal static class AnnotationKinds
{
    public const string SlotNames = "SlotNames";
    public const string KeyValues = "KeyValues";
    public const string IsNormalized = "IsNormalized";
    public const string ScoreColumnSetId = "ScoreColumnSetId";
    public const string ScoreColumnKind = "ScoreColumnKind";
    public const string ScoreValueKind = "ScoreValueKind";

    public static void AddValues<T>(this DataViewSchema.Annotations.Builder builder, string kind, PrimitiveDataViewType itemType, T[] values)
    {
        ValueGetter<VBuffer<T>> getter = (ref VBuffer<T> target) => new VBuffer<T>(values.Length, values).CopyTo(ref target);
        builder.Add(kind, new VectorDataViewType(itemType, values.Length), getter);
    }

    public static bool Has(this DataViewSchema.Annotations annotations, string kind) => annotations.Schema.GetColumnOrNull(kind) != null;

    public static bool IsMarkedNormalized(this DataViewSchema.Column column)
    {
        var flag = false;
        if (column.Annotations.Schema.GetColumnOrNull(IsNormalized)?.Type is BooleanDataViewType)
            column.Annotations.GetValue(IsNormalized, ref flag);
        return flag;
    }
}
