using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Microsoft.ML.DeepClustering.Reporting;

namespace Samples.Tests.Reporting;

[TestClass]
public sealed class PngImageTests
{
    [TestMethod]
    [DataRow(1, 1, 1)]
    [DataRow(3, 5, 1)]
    [DataRow(5, 3, 3)]
    [DataRow(28, 238, 1)]
    public void Encode_AnySize_DecodesToThePixelsPutIn(int height, int width, int channels)
    {
        var pixels = new byte[height * width * channels];
        new Random(1).NextBytes(pixels);
        var decoded = Decode(PngImage.Encode(height, width, channels, pixels));
        Assert.AreEqual((height, width, channels), (decoded.Height, decoded.Width, decoded.Channels));
        CollectionAssert.AreEqual(pixels, decoded.Pixels);
    }

    [TestMethod]
    public void Encode_EndChunk_HasTheCheckSumOfTheSpecification()
        => CollectionAssert.AreEqual(new byte[] { 0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82 }, PngImage.Encode(1, 1, 1, [7])[^12..]);

    [TestMethod]
    public void Encode_WrongInput_IsRefused()
    {
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => PngImage.Encode(1, 1, 2, [1, 2])).Message, "2 channels");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => PngImage.Encode(2, 2, 1, [1, 2])).Message, "2 values for 2 x 2 pixels of 1 channels; give 4");
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => PngImage.Encode(0, 1, 1, []));
    }

    [TestMethod]
    public void Report_Images_ShowsTheNearestAndTheFarthestInOrder()
    {
        // 12 images of one grey each; image i is at distance 12 - i, image 3 has no distance, image 4 no cluster.
        var pixels = Enumerable.Range(0, 12).Select(i => new[] { i / 11f, i / 11f }).ToArray();
        var distances = Enumerable.Range(0, 12).Select(i => i == 3 ? float.NaN : 12f - i).ToArray();
        var clusters = Enumerable.Range(0, 12).Select(i => i == 4 ? 0 : 1).ToArray();
        var strips = Strips(new ImageSheet(1, 2, pixels, clusters, distances));
        // Between two images are two columns of the same grey.
        CollectionAssert.AreEqual(new[] { 11, 10, 9, 8, 7, 6, 5, 2 }, Greys(strips[0]));
        CollectionAssert.AreEqual(new[] { 0, 1 }, Greys(strips[1]));
        CollectionAssert.AreEqual(new byte[] { 128, 128 }, strips[0].Pixels[2..4]);

        static int[] Greys(Image strip) => Enumerable.Range(0, (strip.Width + 2) / 4).Select(i => (int)Math.Round(strip.Pixels[4 * i] * 11 / 255.0)).ToArray();
    }

    [TestMethod]
    public void Report_DecodedImages_StandBeforeTheOthersOfTheirCluster()
    {
        var strips = Strips(new ImageSheet(1, 2, [[0.4f, 0.4f]], [2], [1]) { Decoded = [[0, 1], [1, 0]] });
        CollectionAssert.AreEqual(new byte[] { 0, 255 }, strips[0].Pixels);
        CollectionAssert.AreEqual(new byte[] { 255, 0 }, strips[1].Pixels);
        CollectionAssert.AreEqual(new byte[] { 102, 102 }, strips[2].Pixels);
        Assert.HasCount(3, strips);
    }

    [TestMethod]
    public void Report_ColourImages_KeepTheirChannels()
    {
        // Channel by channel: red 1 0, green 0 1, blue -1 and no number, from -1 to 1.
        var sheet = new ImageSheet(1, 2, [[1, 0, 0, 1, -1, float.NaN]], [2], [0.5f]) { Channels = 3, Low = -1 };
        var strip = Strips(sheet).Single();
        CollectionAssert.AreEqual(new byte[] { 255, 128, 0, 128, 255, 0 }, strip.Pixels);
    }

    [TestMethod]
    public void Report_LargeImages_AreMadeSmaller()
    {
        // A chessboard of single pixels: the mean of each square is half.
        var board = Enumerable.Range(0, 128 * 128).Select(i => (float)((i / 128 + i) % 2)).ToArray();
        var strip = Strips(new ImageSheet(128, 128, [board], [1], [0])).Single();
        Assert.AreEqual((64, 64), (strip.Height, strip.Width));
        Assert.IsTrue(strip.Pixels.All(p => p is 127 or 128));
    }

    private static Image[] Strips(ImageSheet sheet)
        => HtmlReportTests.Write(new Report("R") { Runs = [new("r", "d") { Images = sheet }] })
            .Descendants("img").Select(img => Decode(Convert.FromBase64String(img.Attribute("src")!.Value["data:image/png;base64,".Length..]))).ToArray();

    // A reader of what the writer may write: 8 bits, grey or colour, no filter; it checks lengths and check sums.
    private static Image Decode(byte[] file)
    {
        CollectionAssert.AreEqual(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A }, file[..8]);
        var (header, data, last) = (Array.Empty<byte>(), Array.Empty<byte>(), "");
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            last = Encoding.ASCII.GetString(file, at + 4, 4);
            var content = file[(at + 8)..(at + 8 + length)];
            Assert.AreEqual(Crc(file.AsSpan(at + 4, length + 4)), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)), last);
            (header, data) = last switch { "IHDR" => (content, data), "IDAT" => (header, content), _ => (header, data) };
            at += length + 12;
        }

        Assert.AreEqual("IEND", last);
        var (width, height, channels) = (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4)), header[9] == 2 ? 3 : 1);
        CollectionAssert.AreEqual(new byte[] { 8, (byte)(channels == 3 ? 2 : 0), 0, 0, 0 }, header[8..]);
        using var raw = new MemoryStream();
        using (var zlib = new ZLibStream(new MemoryStream(data), CompressionMode.Decompress))
            zlib.CopyTo(raw);
        var rows = raw.ToArray().Chunk(width * channels + 1).ToArray();
        Assert.HasCount(height, rows);
        Assert.IsTrue(rows.All(row => row[0] == 0));
        return new(height, width, channels, rows.SelectMany(row => row[1..]).ToArray());
    }

    private static uint Crc(ReadOnlySpan<byte> data)
    {
        var table = Enumerable.Range(0, 256).Select(n => Enumerable.Range(0, 8).Aggregate((uint)n, (c, _) => (c & 1) == 1 ? 0xEDB88320 ^ (c >> 1) : c >> 1)).ToArray();
        var crc = uint.MaxValue;
        foreach (var value in data)
            crc = table[(crc ^ value) & 0xFF] ^ (crc >> 8);
        return ~crc;
    }

    private sealed record Image(int Height, int Width, int Channels, byte[] Pixels);
}
