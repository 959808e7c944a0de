namespace Microsoft.ML.Data;

/// <summary>The distinct values of a column and their keys, 1-based.</summary>
internal abstract class TermMap
{
    public abstract PrimitiveDataViewType ItemType { get; }

    public abstract int Count { get; }

    public static TermMap Create(DataViewType type)
    {
        var itemType = (type as VectorDataViewType)?.ItemType ?? (PrimitiveDataViewType)type;
        return Generic.Call<TermMap>((Func<PrimitiveDataViewType, TermMap>)CreateOf<int>, [itemType.RawType], itemType);
    }

    public static bool Handles(DataViewType itemType) => itemType is NumberDataViewType or TextDataViewType or BooleanDataViewType;

    public static TermMap Load(BinaryReader reader)
    {
        var map = Create(DataKinds.TypeOf((DataKind)reader.ReadByte()));
        map.LoadTerms(reader);
        return map;
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write((byte)DataKinds.KindOf(ItemType));
        SaveTerms(writer);
    }

    /// <summary>Adds the value or values of the cursor's row; beyond <paramref name="maximum"/> terms new ones are not taken.</summary>
    public abstract Action MakeAdder(DataViewRow row, DataViewSchema.Column column, int maximum);

    public abstract Delegate MakeGetter(DataViewRow row, DataViewSchema.Column column, bool isVector);

    public abstract void Sort();

    public abstract void AddAnnotation(DataViewSchema.Annotations.Builder builder, bool asText);

    protected abstract void SaveTerms(BinaryWriter writer);

    protected abstract void LoadTerms(BinaryReader reader);

    private static TermMap CreateOf<T>(PrimitiveDataViewType itemType)
        => itemType is TextDataViewType ? new TextTermMap() : new TermMap<T, T>(itemType, value => value, value => value, Comparer<T>.Default);
}
