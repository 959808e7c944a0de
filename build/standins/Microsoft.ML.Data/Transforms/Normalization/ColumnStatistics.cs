using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>What is gathered of a column to normalize it.</summary>
internal abstract class ColumnStatistics
{
    public static ColumnStatistics Create(DataViewType type)
    {
        var vector = type as VectorDataViewType;
        var itemType = vector?.ItemType ?? type;
        return itemType.RawType == typeof(float)
            ? new ColumnStatistics<float>(vector?.Size)
            : new ColumnStatistics<double>(vector?.Size);
    }

    /// <summary>Adds the cursor's row.</summary>
    public abstract Action MakeAdder(DataViewRow row, DataViewSchema.Column column);

    public abstract AffineNormalizer MakeNormalizer(NormalizationRule rule);
}

/// <param name="size">The number of slots of a vector; null for a scalar.</param>
internal sealed class ColumnStatistics<T>(int? size) : ColumnStatistics
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly SlotStatistics<T>[] _slots = new SlotStatistics<T>[size ?? 1];

    public override Action MakeAdder(DataViewRow row, DataViewSchema.Column column)
    {
        if (size == null)
        {
            var get = row.GetGetter<T>(column);
            var value = default(T);
            return () =>
            {
                get(ref value);
                _slots[0].Add(value);
            };
        }

        var getVector = row.GetGetter<VBuffer<T>>(column);
        var vector = default(VBuffer<T>);
        var dense = new T[_slots.Length];
        return () =>
        {
            getVector(ref vector);
            vector.CopyTo(dense);
            for (var i = 0; i < dense.Length; i++)
                _slots[i].Add(dense[i]);
        };
    }

    public override AffineNormalizer MakeNormalizer(NormalizationRule rule)
    {
        var parameters = Array.ConvertAll(_slots, slot => slot.Fit(rule));
        var offsets = rule.FixZero ? null : Array.ConvertAll(parameters, slot => slot.Offset);
        return new AffineNormalizer<T>(Array.ConvertAll(parameters, slot => slot.Scale), offsets, size != null);
    }
}
