namespace Microsoft.ML.Data;

/// <summary>The size or the dimensions of a vector; without any it is not known.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property, AllowMultiple = false, Inherited = true)]
public sealed class VectorTypeAttribute : Attribute
{
    public VectorTypeAttribute()
    {
    }

    public VectorTypeAttribute(int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        Dims = [size];
    }

    public VectorTypeAttribute(params int[] dimensions)
    {
        if (dimensions.Any(size => size < 0))
            throw new ArgumentException("Must contain only positive values or 0, indicating unknown.", nameof(dimensions));
        Dims = dimensions;
    }

    internal int[] Dims { get; }
}
