using System.Diagnostics;
using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering;

// Clusters 1,797 handwritten digits without their labels, by k-means and by two deep methods, and says how well the clusters are the digits.
// The data: E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning Repository, licence CC BY 4.0.
var ml = new MLContext(seed: 1);
var digits = ReadDigits();
if (args is ["score", var saved])
{
    Score(saved);
    return;
}

var data = ml.Data.LoadFromEnumerable(digits);
var scaling = ml.Transforms.NormalizeMinMax("Features");
var trainers = new (string Name, IEstimator<ITransformer> Trainer)[]
{
    ("K-means", ml.Clustering.Trainers.KMeans("Features", numberOfClusters: 10)),
    ("Idec", ml.Clustering.Trainers.Idec(new IdecOptions { NumberOfClusters = 10, Network = NetworkKind.MultilayerPerceptron })),
    ("DdcUco", ml.Clustering.Trainers.DdcUco(new DdcUcoOptions { NumberOfClusters = 10, NumberOfEpochs = 20, LearningRate = 1e-3 })),
};

Console.WriteLine("             ACC    NMI    ARI   seconds");
ITransformer model = null!;
foreach (var (name, trainer) in trainers)
{
    var watch = Stopwatch.StartNew();
    model = scaling.Append(trainer).Fit(data);    // reads no labels
    var seconds = watch.Elapsed.TotalSeconds;
    var metrics = ml.Clustering.EvaluateDeepClustering(model.Transform(data), labelColumnName: "Label");
    Console.WriteLine($"{name,-10} {metrics.Accuracy,5:0.000}  {metrics.NormalizedMutualInformation:0.000}  {metrics.AdjustedRandIndex:0.000}  {seconds,7:0.0}");
}

void Score(string path){}

static Digit[] ReadDigits()
{
    using var file = new GZipStream(File.OpenRead(Path.Combine(AppContext.BaseDirectory, "digits.csv.gz")), CompressionMode.Decompress);
    using var reader = new StreamReader(file);
    var rows = new List<Digit>();
    while (reader.ReadLine() is { } line)
    {
        var values = Array.ConvertAll(line.Split(','), float.Parse);
        rows.Add(new() { Features = Array.ConvertAll(values[..64], pixel => pixel / 16), Label = values[64] });
    }

    return [.. rows];
}

internal sealed class Digit
{
    [VectorType(1, 8, 8)]
    public float[] Features { get; set; } = [];

    public float Label { get; set; }
}
