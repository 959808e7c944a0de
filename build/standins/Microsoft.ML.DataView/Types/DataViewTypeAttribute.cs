namespace Microsoft.ML.Data;

/// <summary>Base of the attributes that give a member a type of its own.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property, AllowMultiple = false)]
public abstract class DataViewTypeAttribute : Attribute, IEquatable<DataViewTypeAttribute>
{
    protected DataViewTypeAttribute()
    {
    }

    public abstract void Register();

    public abstract bool Equals(DataViewTypeAttribute other);
}
