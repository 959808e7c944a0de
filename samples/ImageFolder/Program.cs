using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering;
using Microsoft.ML.Transforms.Image;

// Clusters the pictures of a folder by what is on them, writes the cluster of each to clusters.csv and the model to pictures.zip:
//   dotnet run -c Release --project samples/ImageFolder [FOLDER] [NUMBER OF CLUSTERS]
// Without a folder it draws 300 pictures of three shapes first. Fewer epochs than the defaults, so that it takes seconds.
var folder = args.Length > 0 ? args[0] : DrawShapes(Directory.CreateTempSubdirectory("shapes-").FullName, count: 300);
var clusters = args.Length > 1 ? int.Parse(args[1]) : 3;
var ml = new MLContext(seed: 1);
var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => Path.GetExtension(f).ToLowerInvariant() is ".png" or ".jpg" or ".jpeg" or ".bmp");
var pictures = files.Order(StringComparer.Ordinal).Select(path => new Picture { Path = path }).ToArray();
var data = ml.Data.LoadFromEnumerable(pictures);

// 24 x 24 grey pixels from 0 to 1: after ConvertToGrayscale the three colours are the same, one is enough.
var trainer = ml.Clustering.Trainers.Idec(new IdecOptions
{
    NumberOfClusters = clusters, PretrainingEpochs = 25, NumberOfEpochs = 15, Augmentation = new ImageAugmentation(), Seed = 1,
});
var pipeline = ml.Transforms.LoadImages("Image", imageFolder: "", nameof(Picture.Path))
    .Append(ml.Transforms.ResizeImages("Image", imageWidth: 24, imageHeight: 24))
    .Append(ml.Transforms.ConvertToGrayscale("Image"))
    .Append(ml.Transforms.ExtractPixels("Features", "Image", ImagePixelExtractingEstimator.ColorBits.Blue, scaleImage: 1 / 255f))
    .Append(trainer);
var model = pipeline.Fit(data);
Console.WriteLine($"Trained on {pictures.Length} pictures.");

var scored = ml.Data.CreateEnumerable<Scored>(model.Transform(data), reuseRowObject: false).ToArray();
File.WriteAllLines("clusters.csv", scored.Select(s => $"{s.Path},{s.PredictedLabel}").Prepend("Path,Cluster"));
foreach (var cluster in scored.GroupBy(s => s.PredictedLabel).OrderBy(c => c.Key))
{
    // The smallest score is the squared distance from the centroid: such pictures are the most typical.
    var typical = cluster.OrderBy(s => s.Score.Min()).Take(3).Select(s => Path.GetFileName(s.Path));
    Console.WriteLine($"cluster {cluster.Key}: {cluster.Count()} pictures, such as {string.Join(", ", typical)}");
}

ml.Model.Save(model, data.Schema, "pictures.zip");
using var engine = ml.Model.CreatePredictionEngine<Picture, Scored>(ml.Model.Load("pictures.zip", out _));
Console.WriteLine($"The saved model puts {Path.GetFileName(pictures[0].Path)} into cluster {engine.Predict(pictures[0]).PredictedLabel}.");

// Grey pictures of a disc, a frame or a cross, each of another size, place and shade.
static string DrawShapes(string folder, int count)
{
    const int Side = 32;
    string[] names = ["disc", "frame", "cross"];
    var random = new Random(1);
    for (var i = 0; i < count; i++)
    {
        var (shape, x, y, radius) = (i % 3, 15 + random.Next(-3, 4), 15 + random.Next(-3, 4), random.Next(8, 12));
        var shade = random.Next(160, 256);
        var pixels = new byte[Side * Side * 4];
        for (var p = 0; p < Side * Side; p++)
        {
            var (dx, dy) = (Math.Abs(p % Side - x), Math.Abs(p / Side - y));
            var isInside = shape switch
            {
                0 => dx * dx + dy * dy < radius * radius,
                1 => Math.Max(dx, dy) < radius && Math.Max(dx, dy) > radius - 4,
                _ => Math.Min(dx, dy) < 2 && Math.Max(dx, dy) < radius,
            };
            var value = (byte)Math.Max(0, (isInside ? shade : 10) + random.Next(-10, 0));
            pixels.AsSpan(4 * p, 3).Fill(value);
            pixels[4 * p + 3] = 255;
        }

        using var image = MLImage.CreateFromPixels(Side, Side, MLPixelFormat.Bgra32, pixels);
        image.Save(Path.Combine(folder, $"{names[shape]}-{i / 3:000}.png"));
    }

    return folder;
}

internal class Picture
{
    public string Path { get; set; } = "";
}

internal sealed class Scored : Picture
{
    public uint PredictedLabel { get; set; }

    public float[] Score { get; set; } = [];
}
