namespace Microsoft.ML.Data;

/// <summary>A duration.</summary>
public sealed class TimeSpanDataViewType : PrimitiveDataViewType
{
    private TimeSpanDataViewType()
        : base(typeof(TimeSpan))
    {
    }

    public static TimeSpanDataViewType Instance { get; } = new();

    public override bool Equals(DataViewType other) => other is TimeSpanDataViewType;

    public override string ToString() => "TimeSpan";
}
