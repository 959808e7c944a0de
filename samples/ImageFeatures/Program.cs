using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering;

// Clusters coloured pictures by the features that a network pretrained on photos, ResNet18, has for them. For few pictures, or large ones, these
// say more than pixels do. The pictures, three kinds of landscapes, are drawn first:
//   dotnet run -c Release --project samples/ImageFeatures [NUMBER OF PICTURES]
var count = args.Length > 0 ? int.Parse(args[0]) : 90;
var folder = Directory.CreateTempSubdirectory("landscapes-").FullName;
var pictures = Enumerable.Range(0, count).Select(i => new Picture { Path = DrawLandscape(folder, i), Label = i % 3 }).ToArray();
var ml = new MLContext(seed: 1);
var data = ml.Data.LoadFromEnumerable(pictures);

// ResNet18 takes 224 x 224 pixels and gives 512 features. It is slow beside the rest: cached, it runs once a picture.
var features = ml.Transforms.LoadImages("Image", imageFolder: "", nameof(Picture.Path))
    .Append(ml.Transforms.ResizeImages("Image", imageWidth: 224, imageHeight: 224))
    .Append(ml.Transforms.ExtractPixels("Pixels", "Image"))
    .Append(ml.Transforms.DnnFeaturizeImage("Features", m => m.ModelSelector.ResNet18(ml, m.OutputColumn, m.InputColumn), "Pixels"))
    .Append(ml.Transforms.SelectColumns("Features", "Path", "Label"));
var watch = Stopwatch.StartNew();
var featurized = ml.Data.Cache(features.Fit(data).Transform(data));
var trainer = ml.Transforms.NormalizeMinMax("Features").Append(ml.Clustering.Trainers.AutoencoderKMeans(numberOfClusters: 3, pretrainingEpochs: 30));
var model = trainer.Fit(featurized);
Console.WriteLine($"{count} pictures in {watch.Elapsed.TotalSeconds:0} s.");

var scored = model.Transform(featurized);
var metrics = ml.Clustering.EvaluateDeepClustering(scored, "Label");
Console.WriteLine($"clusters of {string.Join(", ", metrics.ClusterSizes)} pictures, accuracy {metrics.Accuracy:0.00}, silhouette {metrics.Silhouette:0.00}");
foreach (var cluster in ml.Data.CreateEnumerable<Scored>(scored, reuseRowObject: false).GroupBy(s => s.PredictedLabel).OrderBy(c => c.Key))
    Console.WriteLine($"cluster {cluster.Key}: {string.Join(", ", cluster.Take(5).Select(s => Path.GetFileName(s.Path)))} ...");
Directory.Delete(folder, recursive: true);

// A sunset, a forest or a town, of 160 x 160 pixels.
static string DrawLandscape(string folder, int i)
{
    const int Side = 160;
    var random = new Random(i);
    var (sun, horizon) = ((X: random.Next(30, 130), Y: random.Next(30, 80)), random.Next(80, 120));
    var trees = Enumerable.Range(0, 12).Select(_ => (X: random.Next(Side), Height: random.Next(50, 110))).ToArray();
    var houses = Enumerable.Range(0, 7).Select(h => (Left: h * 23 + random.Next(5), Height: random.Next(40, 120))).ToArray();
    var pixels = new byte[Side * Side * 4];
    for (var p = 0; p < Side * Side; p++)
    {
        var (x, y, noise) = (p % Side, p / Side, random.Next(-12, 13));
        (int R, int G, int B) = (i % 3) switch
        {
            0 when Math.Pow(x - sun.X, 2) + Math.Pow(y - sun.Y, 2) < 300 => (255, 240, 170),
            0 when y > horizon => (40, 40, 90 + (y - horizon)),
            0 => (250 - y, 110 - y / 3, 60 + y / 2),
            1 when trees.Any(t => y > Side - t.Height && Math.Abs(x - t.X) < (y - (Side - t.Height)) / 4) => (20, 90, 30),
            1 => (150, 200 - y / 3, 190 - y / 2),
            _ when houses.Any(h => x > h.Left && x < h.Left + 19 && y > Side - h.Height) => x % 6 < 3 && y % 10 < 5 ? (250, 220, 120) : (90, 90, 100),
            _ => (130, 160, 210),
        };
        byte[] colour = [.. new[] { B, G, R }.Select(c => (byte)Math.Clamp(c + noise, 0, 255)), 255];
        colour.CopyTo(pixels, 4 * p);
    }

    var path = Path.Combine(folder, $"{(i % 3 == 0 ? "sunset" : i % 3 == 1 ? "forest" : "town")}-{i / 3:00}.png");
    using var image = MLImage.CreateFromPixels(Side, Side, MLPixelFormat.Bgra32, pixels);
    image.Save(path);
    return path;
}

internal class Picture
{
    public string Path { get; set; } = "";

    public float Label { get; set; }
}

internal sealed class Scored : Picture
{
    public uint PredictedLabel { get; set; }
}
