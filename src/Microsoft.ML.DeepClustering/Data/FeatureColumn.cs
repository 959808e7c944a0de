using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Data;

/// <summary>Finds the column of features in a schema and the shape of its samples.</summary>
internal static class FeatureColumn
{
    /// <summary>The column, which must be a vector of known size of Single.</summary>
    public static DataViewSchema.Column Find(DataViewSchema schema, string name)
    {
        var column = schema.GetColumnOrNull(name)
            ?? throw new ArgumentOutOfRangeException(nameof(schema), Missing(name, schema.Select(c => c.Name)));
        if (column.Type is not VectorDataViewType { IsKnownSize: true } vector || !vector.ItemType.Equals(NumberDataViewType.Single))
            throw new ArgumentOutOfRangeException(nameof(schema), WrongType(name, column.Type.ToString()!));
        return column;
    }

    /// <summary>The same for the promise of a schema, which has no sizes.</summary>
    public static void Check(SchemaShape schema, string name)
    {
        var found = schema.Where(c => c.Name == name).ToArray();
        if (found.Length == 0)
            throw new ArgumentOutOfRangeException(nameof(schema), Missing(name, schema.Select(c => c.Name)));
        var column = found[^1];
        if (column.Kind != SchemaShape.Column.VectorKind.Vector || !column.ItemType.Equals(NumberDataViewType.Single) || column.IsKey)
            throw new ArgumentOutOfRangeException(nameof(schema), WrongType(name, $"{column.Kind} of {column.ItemType}"));
    }

    /// <summary>
    /// The shape of a sample, and how images lie in the vector when they are not planar.
    /// </summary>
    public static (InputShape Shape, ImageShape? Image) ShapeOf(DataViewSchema.Column column, ImageShape? wanted)
    {
        var vector = (VectorDataViewType)column.Type;
        var image = wanted ?? FromDimensions(vector.Dimensions);
        if (image is not { } shape)
            return (new InputShape([vector.Size]), null);
        if (shape.Size != vector.Size)
        {
            throw new ArgumentException(
                $"ImageShape is {shape}, {shape.Size} values, but the column '{column.Name}' has {vector.Size}; set an ImageShape that multiplies to {vector.Size}.");
        }

        return (new InputShape([shape.Channels, shape.Height, shape.Width]), shape);
    }

    /// <summary>Copies a row's values. A source may hand out vectors of another length than its schema says.</summary>
    /// <param name="features">Dense or sparse.</param>
    /// <param name="destination">As long as the column's type says.</param>
    /// <param name="name">The column's, for errors.</param>
    /// <param name="row">The row's place in the data, from 0, for errors.</param>
    /// <exception cref="InvalidOperationException">The vector is of another length.</exception>
    public static void Copy(in VBuffer<float> features, Span<float> destination, string name, long row)
    {
        if (features.Length != destination.Length)
            throw new InvalidOperationException($"Row {row} (counted from 0) of column '{name}' has {features.Length} values, but the column's type says {destination.Length}; make all rows as long as the type says.");
        features.CopyTo(destination);
    }

    /// <summary>The same for values that must be finite.</summary>
    /// <exception cref="InvalidOperationException">The vector is of another length, or a value is NaN or infinite.</exception>
    public static void CopyFinite(in VBuffer<float> features, Span<float> destination, string name, long row)
    {
        Copy(features, destination, name, row);
        for (var slot = 0; slot < destination.Length; slot++)
        {
            if (!float.IsFinite(destination[slot]))
                throw new InvalidOperationException($"Row {row}, slot {slot} of column '{name}' is {NameOf(destination[slot])} (both counted from 0); deep clustering needs finite numbers. Use ReplaceMissingValues, or filter such rows.");
        }
    }

    private static string NameOf(float value) => value.ToString(CultureInfo.InvariantCulture);

    private static ImageShape? FromDimensions(IReadOnlyList<int> dimensions) => dimensions.Count switch
    {
        2 => new ImageShape(1, dimensions[0], dimensions[1]),
        3 when dimensions[2] is 1 or 3 or 4 && dimensions[0] is not (1 or 3 or 4) => new ImageShape(dimensions[2], dimensions[0], dimensions[1], Interleaved: true),
        3 => new ImageShape(dimensions[0], dimensions[1], dimensions[2]),
        _ => null,
    };

    private static string Missing(string name, IEnumerable<string> names)
        => $"The data have no column '{name}'; they have {string.Join(", ", names.Distinct())}. Set FeatureColumnName, or add the column with Concatenate.";

    private static string WrongType(string name, string type)
        => $"The column '{name}' is {type}; deep clustering needs a vector of known size of Single. Use Concatenate, ConvertType, or a VectorType attribute with a size.";
}
