using System.Buffers.Binary;
using System.IO.Compression;
using Microsoft.ML.Data;

namespace Benchmarks;

/// <summary>The images of a gzipped IDX file, pixels scaled to [0, 1], read anew for each pass; they are never in memory at once.</summary>
internal static class IdxRows
{
    private const int HeaderLength = 16;

    public static IDataView View(MLContext ml, string path)
    {
        using var stream = Open(path, out var height, out var width);
        var schema = SchemaDefinition.Create(typeof(ImageRow));
        schema[nameof(ImageRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 1, height, width);
        return ml.Data.LoadFromEnumerable(Rows(path), schema);
    }

    // One row and one array are used for all.
    private static IEnumerable<ImageRow> Rows(string path)
    {
        using var stream = Open(path, out var height, out var width);
        var bytes = new byte[height * width];
        var row = new ImageRow { Features = new float[bytes.Length] };
        while (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length)
        {
            for (var i = 0; i < bytes.Length; i++)
                row.Features[i] = bytes[i] / 255f;
            yield return row;
        }
    }

    private static GZipStream Open(string path, out int height, out int width)
    {
        var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        var header = new byte[HeaderLength];
        stream.ReadExactly(header);
        height = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(8));
        width = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(12));
        return stream;
    }
}
