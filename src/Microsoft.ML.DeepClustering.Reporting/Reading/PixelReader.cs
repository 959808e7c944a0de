using System.Numerics;
using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>Reads images of a column of pixels and makes them small, so that those that are kept take little.</summary>
internal sealed class PixelReader
{
    /// <summary>The longest side of an image that is kept, in pixels.</summary>
    public const int LargestSide = 64;

    private readonly ImageShape _shape;
    private readonly int _factor;

    public PixelReader(ImageShape shape)
    {
        _shape = shape;
        _factor = (Math.Max(shape.Height, shape.Width) + LargestSide - 1) / LargestSide;
    }

    /// <summary>The height of what it makes.</summary>
    public int Height => Math.Max(1, _shape.Height / _factor);

    /// <summary>The width of what it makes.</summary>
    public int Width => Math.Max(1, _shape.Width / _factor);

    /// <summary>1 or 3.</summary>
    public int Channels => _shape.Channels;

    /// <summary>A function that reads the image of the current row.</summary>
    public Func<float[]> Create(DataViewRow row, DataViewSchema.Column column)
        => column.Type is VectorDataViewType { ItemType: var item } && item.Equals(NumberDataViewType.Byte) ? Create<byte>(row, column) : Create<float>(row, column);

    /// <summary>The means of squares of pixels: (channel, row, column).</summary>
    /// <param name="pixels">An image of the shape.</param>
    public float[] Shrink<T>(ReadOnlySpan<T> pixels)
        where T : INumberBase<T>
    {
        var small = new float[Channels * Height * Width];
        for (var channel = 0; channel < Channels; channel++)
        {
            for (var y = 0; y < Height; y++)
            {
                for (var x = 0; x < Width; x++)
                    small[(channel * Height + y) * Width + x] = Mean(pixels, channel, y * _factor, x * _factor);
            }
        }

        return small;
    }

    private Func<float[]> Create<T>(DataViewRow row, DataViewSchema.Column column)
        where T : INumberBase<T>
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> value = default;
        var pixels = new T[_shape.Size];
        return () =>
        {
            getter(ref value);
            if (value.Length != pixels.Length)
                throw new InvalidOperationException($"Row {row.Position} (counted from 0) of column '{column.Name}' has {value.Length} values, but the column's type says {pixels.Length}; make all rows as long as the type says.");
            value.CopyTo(pixels);
            return Shrink<T>(pixels);
        };
    }

    private float Mean<T>(ReadOnlySpan<T> pixels, int channel, int top, int left)
        where T : INumberBase<T>
    {
        var (sum, count) = (0.0, 0);
        for (var y = top; y < Math.Min(top + _factor, _shape.Height); y++)
        {
            for (var x = left; x < Math.Min(left + _factor, _shape.Width); x++, count++)
                sum += double.CreateTruncating(pixels[Place(channel, y, x)]);
        }

        return (float)(sum / count);
    }

    private int Place(int channel, int y, int x)
        => _shape.Interleaved ? (y * _shape.Width + x) * _shape.Channels + channel : (channel * _shape.Height + y) * _shape.Width + x;
}
