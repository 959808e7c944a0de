using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>The images of the rows that are shown, and those that the centroids are decoded to.</summary>
internal sealed class ExampleImages
{
    private readonly Dictionary<long, ExampleImage> _ofRows = [];
    private readonly List<ExampleImage> _decoded = [];

    private ExampleImages()
    {
    }

    /// <summary>The image of a row; null for none.</summary>
    public ExampleImage? Of(ExampleRow row) => _ofRows.GetValueOrDefault(row.Row);

    /// <summary>What the centroid of a cluster, from 1, is decoded to; null for none.</summary>
    public ExampleImage? Decoded(int cluster) => cluster <= _decoded.Count ? _decoded[cluster - 1] : null;

    /// <summary>Makes the images.</summary>
    /// <param name="columns">The columns that were read.</param>
    /// <param name="rows">The rows that were kept.</param>
    /// <param name="decoded">The decoded centroids; empty for none.</param>
    /// <param name="options">The options.</param>
    public static ExampleImages Create(ReportColumns columns, RowReader rows, IReadOnlyList<float[]> decoded, ReportOptions options)
    {
        var images = new ExampleImages();
        if (columns.Image is null)
            return images;
        var shown = Enumerable.Range(1, RowReader.MaximumClustersShown).Select(rows.ExamplesOf).OfType<ClusterExamples>().SelectMany(e => e.Nearest().Concat(e.Farthest())).ToArray();
        if (!columns.HasFiles)
            images.AddPixels(shown, rows.Pixels!, columns, decoded);
        else if (rows.Pixels is { } reader)
            images.AddPixels(images.AddFiles(shown), reader);
        else
            images.AddFiles(shown);
        if (images._decoded.Count == 0 && options.Model?.FeatureColumnType is VectorDataViewType type && ImageDimensions.Find(type) is { } shape)
            images.AddDecoded(decoded, new PixelReader(shape), shape, null);
        return images;
    }

    private void AddPixels(ExampleRow[] shown, PixelReader reader, ReportColumns columns, IReadOnlyList<float[]> decoded)
    {
        var range = AddPixels(shown, reader);
        if (columns.Shape is { } shape)
            AddDecoded(decoded, reader, shape, columns.Image?.Name == columns.Features?.Name ? range : null);
    }

    // -> the values of black and white.
    private (float Low, float High) AddPixels(IReadOnlyList<ExampleRow> shown, PixelReader reader)
    {
        var range = Range(shown.SelectMany(row => row.Pixels ?? []));
        foreach (var row in shown)
            _ofRows[row.Row] = Draw(row.Pixels!, reader, range);
        return range;
    }

    // -> the rows whose file is too large.
    private List<ExampleRow> AddFiles(ExampleRow[] shown)
    {
        var room = ImageFile.MaximumBytesOfAll;
        var left = new List<ExampleRow>();
        foreach (var row in shown)
        {
            var (address, fault) = ImageFile.Read(row.ImagePath ?? "", room);
            room -= address?.Length ?? 0;
            _ofRows[row.Row] = new(address, null, null, fault == "" ? "" : $"{Path.GetFileName(row.ImagePath)}: {fault}");
            if (fault == ImageFile.TooLarge)
                left.Add(row);
        }

        return left;
    }

    private void AddDecoded(IReadOnlyList<float[]> decoded, PixelReader reader, ImageShape shape, (float Low, float High)? range)
    {
        if (decoded.Any(image => image.Length != shape.Size))
            return;
        var small = decoded.Select(image => reader.Shrink<float>(image)).ToArray();
        var used = range ?? Range(small.SelectMany(image => image));
        _decoded.AddRange(small.Select(image => Draw(image, reader, used)));
    }

    private static ExampleImage Draw(float[] pixels, PixelReader reader, (float Low, float High) range)
    {
        var sheet = new ImageSheet(reader.Height, reader.Width, [pixels], [1], [0]) { Channels = reader.Channels, Low = range.Low, High = range.High };
        var strip = ImageStrip.Make(sheet, [0]);
        var zoom = SheetPicture.Zoom(strip);
        return new(strip.Address, strip.Width * zoom, strip.Height * zoom);
    }

    // The values of black and white: 0 or the lowest, and the usual ends 1 and 255 where values come near them.
    private static (float Low, float High) Range(IEnumerable<float> values)
    {
        var (low, high) = (0f, 0f);
        foreach (var value in values.Where(float.IsFinite))
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        if (low < 0)
            return low >= -1 && high <= 1 ? (-1, 1) : (low, Math.Max(high, low + 1e-6f));
        return (0, high <= 1 ? 1 : high is > 127 and <= 255 ? 255 : high);
    }
}
