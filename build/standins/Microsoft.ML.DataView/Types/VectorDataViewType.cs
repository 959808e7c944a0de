using System.Collections.Immutable;

namespace Microsoft.ML.Data;

/// <summary>A vector of primitive values, possibly of several dimensions; a dimension of 0 is not known.</summary>
public sealed class VectorDataViewType : StructuredDataViewType
{
    public VectorDataViewType(PrimitiveDataViewType itemType, int size = 0)
        : this(itemType, ImmutableArray.Create(size))
    {
    }

    public VectorDataViewType(PrimitiveDataViewType itemType, params int[] dimensions)
        : this(itemType, ImmutableArray.Create(dimensions))
    {
    }

    public VectorDataViewType(PrimitiveDataViewType itemType, ImmutableArray<int> dimensions)
        : base(typeof(VBuffer<>).MakeGenericType(RawTypeOf(itemType)))
    {
        if (dimensions.IsDefaultOrEmpty)
            throw new ArgumentException("A vector type needs at least one dimension.", nameof(dimensions));
        if (dimensions.Any(dimension => dimension < 0))
            throw new ArgumentException("A vector type's dimensions must not be negative.", nameof(dimensions));
        ItemType = itemType;
        Dimensions = dimensions;
        Size = checked(dimensions.Aggregate(1, (product, dimension) => checked(product * dimension)));
    }

    public ImmutableArray<int> Dimensions { get; }

    public PrimitiveDataViewType ItemType { get; }

    public int Size { get; }

    public bool IsKnownSize => Size > 0;

    public override bool Equals(DataViewType other)
        => other is VectorDataViewType vector && vector.ItemType.Equals(ItemType) && vector.Dimensions.SequenceEqual(Dimensions);

    public override bool Equals(object other) => other is DataViewType type && Equals(type);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(RawType);
        foreach (var dimension in Dimensions)
            hash.Add(dimension);
        return hash.ToHashCode();
    }

    public override string ToString()
    {
        if (Dimensions.Length == 1)
            return IsKnownSize ? $"Vector<{ItemType}, {Size}>" : $"Vector<{ItemType}>";
        return $"Vector<{ItemType}, {string.Join(", ", Dimensions.Select(dimension => dimension > 0 ? dimension.ToString() : "*"))}>";
    }

    private static Type RawTypeOf(PrimitiveDataViewType itemType)
    {
        ArgumentNullException.ThrowIfNull(itemType);
        return itemType.RawType;
    }
}
