using Microsoft.ML.Data;

namespace Samples.Tests.Documentation;

/// <summary>The README's program for image files, by the package Microsoft.ML.ImageAnalytics.</summary>
internal static class ImageFilesExample
{
    public static TransformerChain<DeepClusteringTransformer> Run(MLContext ml)
    {
        // <example>
        var files = ml.Data.LoadFromEnumerable(Directory.GetFiles("pictures").Order().Select(path => new Picture { Path = path }));
        var pictures = ml.Transforms.LoadImages("Image", imageFolder: "", "Path").Append(ml.Transforms.ResizeImages("Image", imageWidth: 24, imageHeight: 24))
            .Append(ml.Transforms.ExtractPixels("Features", "Image", offsetImage: 127.5f, scaleImage: 1 / 127.5f)) // to [-1, 1]
            .Append(ml.Clustering.Trainers.Ddc(numberOfClusters: 2, numberOfEpochs: 20)).Fit(files);
        // </example>
        return pictures;
    }

    internal sealed class Picture
    {
        public string Path { get; set; } = "";
    }
}
