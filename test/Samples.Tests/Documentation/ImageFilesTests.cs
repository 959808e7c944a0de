using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Reporting;

namespace Samples.Tests.Documentation;

/// <summary>Runs the README's program for image files on real files.</summary>
[TestClass]
public sealed class ImageFilesTests
{
    private const string Folder = "pictures";
    private const int Height = 32;
    private const int Width = 40;
    private const int Count = 60;

    [TestMethod]
    public void Program_OnFilesOfTwoKinds_ClustersThem()
    {
        var folder = Directory.CreateDirectory(Folder);
        try
        {
            var random = new Random(1);
            for (var i = 0; i < Count; i++)
                File.WriteAllBytes(Path.Combine(Folder, $"{i:00}.png"), Draw(random, redOnTop: i % 2 == 0));
            var ml = new MLContext(seed: 1);
            var pictures = ImageFilesExample.Run(ml);
            using var model = pictures.LastTransformer;
            var files = ml.Data.LoadFromEnumerable(Enumerable.Range(0, Count).Select(i => new Labelled { Path = Path.Combine(Folder, $"{i:00}.png"), Label = i % 2 }));
            var scored = pictures.Transform(files);
            Assert.AreEqual("3 x 24 x 24", scored.Schema["Features"].Type is VectorDataViewType vector ? string.Join(" x ", vector.Dimensions) : "");
            Assert.AreEqual(1, ml.Clustering.EvaluateDeepClustering(scored, "Label").Accuracy, 0.1);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Half of the picture red, half blue, under noise.
    private static byte[] Draw(Random random, bool redOnTop)
    {
        var pixels = new byte[Height * Width * 3];
        random.NextBytes(pixels);
        for (var p = 0; p < Height * Width; p++)
            pixels[3 * p + (p < Height * Width / 2 == redOnTop ? 0 : 2)] = 255;
        return PngImage.Encode(Height, Width, channels: 3, pixels);
    }

    private sealed class Labelled
    {
        public string Path { get; set; } = "";

        public float Label { get; set; }
    }
}
