using Microsoft.ML.DeepClustering.Tool.Input.Images;

namespace Microsoft.ML.DeepClustering.Tool.Tests.Input;

[TestClass]
public sealed class ImageEndTests
{
    // A segment with a small image in it, then compressed data.
    private const string Jpeg = "FFD8 FFE1 0008 FFD8FFD90000 FFDA 0004 0102 1234FF0056FFD0";

    [TestMethod]
    [DataRow("89504E470D0A1A0A 0000 49454E44 AE426082", true, DisplayName = "PNG")]
    [DataRow("89504E470D0A1A0A 0000 49444154", false, DisplayName = "PNG that ends early")]
    [DataRow(Jpeg + "FFD9", true, DisplayName = "JPEG")]
    [DataRow("FFD8 FFDB 0004", false, DisplayName = "JPEG that ends early")]
    [DataRow("474946383961 3B", true, DisplayName = "GIF")]
    [DataRow("474946383961 3B00", true, DisplayName = "GIF with zeros after it")]
    [DataRow("474946383961 21", false, DisplayName = "GIF that ends early")]
    [DataRow("424D 08000000 0000", true, DisplayName = "BMP")]
    [DataRow("424D 09000000 0000", false, DisplayName = "BMP that ends early")]
    [DataRow("52494646 06000000 57454250 0000", true, DisplayName = "WebP")]
    [DataRow("52494646 07000000 57454250 0000", false, DisplayName = "WebP that ends early")]
    public void IsThere_Format_ByItsMark(string hex, bool expected)
    {
        var content = Bytes(hex);
        Assert.AreEqual(expected, ImageEnd.IsThere(content, content, content.Length));
        if (!expected)
            Assert.IsFalse(ImageEnd.IsWithin(content, () => content));
    }

    [TestMethod]
    [DataRow(Jpeg + "FFD9", true)]
    [DataRow(Jpeg, false)]
    [DataRow("89504E470D0A1A0A 49454E44", true)]
    [DataRow("89504E470D0A1A0A", false)]
    public void IsWithin_OtherDataFollow_ByTheWholeFile(string hex, bool expected)
    {
        byte[] content = [.. Bytes(hex), .. new byte[2000]];
        Assert.IsFalse(ImageEnd.IsThere(content, content.AsSpan(^1024..), content.Length));
        Assert.AreEqual(expected, ImageEnd.IsWithin(content, () => content));
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
