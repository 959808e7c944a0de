namespace Microsoft.ML.Data;

/// <summary>A type whose values hold other values.</summary>
public abstract class StructuredDataViewType : DataViewType
{
    protected StructuredDataViewType(Type rawType)
        : base(rawType)
    {
    }
}
