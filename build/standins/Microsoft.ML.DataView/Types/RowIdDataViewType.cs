namespace Microsoft.ML.Data;

/// <summary>The 16 byte identifier of a row.</summary>
public sealed class RowIdDataViewType : PrimitiveDataViewType
{
    private RowIdDataViewType()
        : base(typeof(DataViewRowId))
    {
    }

    public static RowIdDataViewType Instance { get; } = new();

    public override bool Equals(DataViewType other) => other is RowIdDataViewType;

    public override string ToString() => "DataViewRowId";
}
