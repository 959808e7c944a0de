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
        if (column.Type is VectorDataViewType { IsKnownSize: false } empty && empty.ItemType.Equals(NumberDataViewType.Single))
            throw new ArgumentOutOfRangeException(nameof(schema), NoSize(name, column.Type.ToString()!));
        if (column.Type is not VectorDataViewType { IsKnownSize: true } vector || !vector.ItemType.Equals(NumberDataViewType.Single))
            throw new ArgumentOutOfRangeException(nameof(schema), WrongType(name, column.Type.ToString()!));
        return column;
    }

    /// <summary>Checks the column of a <see cref="SchemaShape"/>, which knows kinds and item types but no sizes.</summary>
    public static void Check(SchemaShape schema, string name)
    {
        var found = schema.Where(c => c.Name == name).ToArray();
        if (found.Length == 0)
            throw new ArgumentOutOfRangeException(nameof(schema), Missing(name, schema.Select(c => c.Name)));
        var column = found[^1];
        if (column.Kind != SchemaShape.Column.VectorKind.Vector || !column.ItemType.Equals(NumberDataViewType.Single) || column.IsKey)
            throw new ArgumentOutOfRangeException(nameof(schema), WrongType(name, $"{column.Kind} of {column.ItemType}"));
    }

    /// <summary>The shape of a sample: <paramref name="wanted"/> if it is given, else by the dimensions of the column.</summary>
    public static InputShape ShapeOf(DataViewSchema.Column column, ImageShape? wanted)
    {
        var vector = (VectorDataViewType)column.Type;
        if (wanted is { } given)
            CheckOrder(column, given);
        var image = wanted ?? FromDimensions(column.Name, vector.Dimensions);
        if (image is not { } shape)
            return new([vector.Size]);
        if (shape.Size != vector.Size)
        {
            throw new ArgumentException(
                $"ImageShape is {shape}, {shape.Size} values, but the column '{column.Name}' has {vector.Size}; set an ImageShape that multiplies to {vector.Size}.");
        }

        return InputShape.FromImage(shape);
    }

    /// <summary>Checks that the dimensions of a column, where it has some, are not those of the image in another order: its values would be taken for other pixels.</summary>
    /// <exception cref="ArgumentException">They are.</exception>
    public static void CheckOrder(DataViewSchema.Column column, ImageShape image)
    {
        int[] lies = image.Interleaved ? [image.Height, image.Width, image.Channels] : [image.Channels, image.Height, image.Width];
        var (found, expected) = (Beyond1(((VectorDataViewType)column.Type).Dimensions), Beyond1(lies));
        if (!found.SequenceEqual(expected) && found.Order().SequenceEqual(expected.Order()))
            throw new ArgumentException($"The column '{column.Name}' has the dimensions {string.Join(" x ", found)}, but images are read as {image}; bring the images to that order, or set the ImageShape that the column has.");
    }

    /// <summary>The type of a column of such samples: with the dimensions of images as they lie in it.</summary>
    public static VectorDataViewType TypeOf(InputShape shape) => shape switch
    {
        { Layout: { Interleaved: true } image } => new(NumberDataViewType.Single, image.Height, image.Width, image.Channels),
        _ => new(NumberDataViewType.Single, shape.Dimensions.Select(d => checked((int)d)).ToArray()),
    };

    /// <summary>Copies a row's values and checks their number: a source may give vectors of another length than its schema says.</summary>
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

    /// <summary>Copies a row's values and checks that all are finite.</summary>
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

    private static int[] Beyond1(IEnumerable<int> dimensions) => dimensions.Where(d => d > 1).ToArray();

    // A line of values is a vector: batches of 1 x d come from models for text.
    private static ImageShape? FromDimensions(string name, IReadOnlyList<int> dimensions) => dimensions.Count switch
    {
        _ when Beyond1(dimensions).Length < 2 => null,
        2 => new ImageShape(1, dimensions[0], dimensions[1]),
        3 when dimensions[2] is 1 or 3 or 4 && dimensions[0] is not (1 or 3 or 4) => new ImageShape(dimensions[2], dimensions[0], dimensions[1], Interleaved: true),
        // 24 x 24 x 2 may be two channels, interleaved, or 24 of 24 x 2 pixels.
        3 when dimensions[0] is not (1 or 3 or 4) && dimensions[0] >= Math.Min(dimensions[1], dimensions[2]) => throw new ArgumentException(Ambiguous(name, dimensions)),
        3 => new ImageShape(dimensions[0], dimensions[1], dimensions[2]),
        _ => null,
    };

    private static string Ambiguous(string name, IReadOnlyList<int> d)
        => $"The column '{name}' has the dimensions {d[0]} x {d[1]} x {d[2]}, which do not say where the channels are; set ImageShape to new ImageShape({d[0]}, {d[1]}, {d[2]}) "
        + $"for {d[0]} channels one after the other, or to new ImageShape({d[2]}, {d[0]}, {d[1]}, Interleaved: true) for {d[2]} values a pixel.";

    private static string Missing(string name, IEnumerable<string> names)
        => $"The data have no column '{name}'; they have {string.Join(", ", names.Distinct())}. Set FeatureColumnName, or add the column with Concatenate.";

    private static string NoSize(string name, string type)
        => $"The column '{name}' is {type}; deep clustering needs a vector of known size of Single. If it comes from text, as by FeaturizeText, its vocabulary is empty: "
        + "the texts have no word, or none that its options keep; look at the text column. Otherwise give the column a VectorType attribute with a size.";

    private static string WrongType(string name, string type)
        => $"The column '{name}' is {type}; deep clustering needs a vector of known size of Single. Use Concatenate, ConvertType, or a VectorType attribute with a size.";
}
