namespace Microsoft.ML.Data;

/// <summary>A type whose values may be copied by assignment.</summary>
public abstract class PrimitiveDataViewType : DataViewType
{
    protected PrimitiveDataViewType(Type rawType)
        : base(rawType)
    {
        if (typeof(IDisposable).IsAssignableFrom(rawType))
            throw new ArgumentException("A primitive type's raw type must not be disposable.", nameof(rawType));
    }
}
